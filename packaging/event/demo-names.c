/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-names.h"

#define PARTS static const DemoNamePart
#define END                                                                                        \
  {                                                                                                \
    NULL, NULL                                                                                     \
  }

/* clang-format off */
PARTS english_given[] = {
  { "Harriet", NULL }, { "Owen", NULL }, { "Marlow", NULL }, { "Tess", NULL }, { "Callum", NULL },
  { "Imogen", NULL }, { "Desmond", NULL }, { "Bryony", NULL }, { "Jarvis", NULL }, { "Nell", NULL }, END };
PARTS english_family[] = {
  { "Ashdown", NULL }, { "Pemberley-Holt", NULL }, { "Quayle", NULL }, { "Thistlewood", NULL },
  { "Marchbanks", NULL }, { "Ferrow", NULL }, { "O’Dwane", NULL }, { "Lockhurst", NULL }, { "Wynnard", NULL }, END };
PARTS spanish_given[] = {
  { "Inés", NULL }, { "Matías", NULL }, { "Lucía Belén", NULL }, { "Joaquín", NULL }, { "Noemí", NULL },
  { "Hernán", NULL }, { "Ximena", NULL }, { "Tomás", NULL }, END };
PARTS spanish_family[] = {
  { "Ordóñez Villalta", NULL }, { "Carrasquedo", NULL }, { "Peñaranda Sol", NULL }, { "Iturbe Lagos", NULL },
  { "Zúñiga Montes", NULL }, { "Arrebola", NULL }, { "Quintanilla Ríos", NULL }, END };
PARTS french_given[] = {
  { "Éloïse", NULL }, { "Jean-Baptiste", NULL }, { "Maëlle", NULL }, { "Aurélien", NULL }, { "Fantine", NULL },
  { "Loïc", NULL }, { "Apolline", NULL }, END };
PARTS french_family[] = {
  { "Beaurivage", NULL }, { "Lacombe-Tissier", NULL }, { "Desrosières", NULL }, { "Châtelard", NULL },
  { "Montfaucet", NULL }, { "L’Hermitain", NULL }, END };
PARTS polish_given[] = {
  { "Małgorzata", NULL }, { "Zbyszko", NULL }, { "Jagoda", NULL }, { "Łucjan", NULL }, { "Świętosława", NULL },
  { "Bożydar", NULL }, END };
PARTS polish_family[] = {
  { "Wrzosek", NULL }, { "Grzędzińska", NULL }, { "Szczepkowicz", NULL }, { "Żółtańska", NULL }, { "Brzezik", NULL }, END };
PARTS vietnamese_given[] = {
  { "Thị Ngọc Diệp", NULL }, { "Quốc Bảo", NULL }, { "Hữu Phước", NULL }, { "Thùy Dương", NULL }, { "Minh Khôi", NULL }, END };
PARTS vietnamese_family[] = {
  { "Đặng", NULL }, { "Huỳnh", NULL }, { "Lương", NULL }, { "Phùng", NULL }, { "Vũ", NULL }, END };
PARTS arabic_given[] = {
  { "Salma", "سلمى" }, { "Khalil", "خليل" }, { "Nourhan", "نورهان" }, { "Yazan", "يزن" }, { "Rawan", "روان" },
  { "Bassel", "باسل" }, { "Hanin", "حنين" }, { "Anwar", "أنور" }, END };
PARTS arabic_family[] = {
  { "Al-Dabbagh", "الدباغ" }, { "Haddadin", "حدادين" }, { "Qasimi", "القاسمي" }, { "Ben Tahar", "بن طاهر" },
  { "Al-Mansoori", "المنصوري" }, { "Shahin", "شاهين" }, { "Zaghloul", "زغلول" }, END };
PARTS hebrew_given[] = {
  { "Noga", "נגה" }, { "Itamar", "איתמר" }, { "Shira", "שירה" }, { "Yotam", "יותם" }, { "Tamar", "תמר" }, END };
PARTS hebrew_family[] = {
  { "Ben-Harush", "בן הרוש" }, { "Carmeli", "כרמלי" }, { "Shorashim", "שורשים" }, { "Galili", "גלילי" }, { "Navon", "נבון" }, END };
PARTS hindi_given[] = {
  { "Ananya", "अनन्या" }, { "Devendra", "देवेंद्र" }, { "Kavita", "कविता" }, { "Rohan", "रोहन" }, { "Sunita", "सुनीता" },
  { "Vikrant", "विक्रांत" }, END };
PARTS hindi_family[] = {
  { "Chaturvedi", "चतुर्वेदी" }, { "Rathore", "राठौर" }, { "Deshpande", "देशपांडे" }, { "Srivastava", "श्रीवास्तव" },
  { "Kulkarni", "कुलकर्णी" }, END };
PARTS thai_given[] = {
  { "Kanokwan", "กนกวรรณ" }, { "Phakphum", "ภาคภูมิ" }, { "Siriporn", "ศิริพร" }, { "Natthawut", "ณัฐวุฒิ" },
  { "Chalida", "ชาลิดา" }, END };
PARTS thai_family[] = {
  { "Wongsawat-Rueang", "วงศ์สวัสดิ์เรือง" }, { "Phromphiriyakun", "พรหมพิริยกุล" }, { "Saetang", "แซ่ตั้ง" },
  { "Bunyasit", "บุญยสิทธิ์" }, END };
PARTS japanese_given[] = {
  { "Haruka", "はるか" }, { "Sōta", "颯太" }, { "Misaki", "美咲" }, { "Kenshin", "健心" }, { "Aoi", "葵" }, { "Rin", "凛" }, END };
PARTS japanese_family[] = {
  { "Tsukishima", "月島" }, { "Kuromatsu", "黒松" }, { "Higashino", "東野" }, { "Mizushiro", "水城" }, { "Ōkawara", "大河原" }, END };
PARTS chinese_given[] = {
  { "Yuxuan", "雨轩" }, { "Meiling", "美玲" }, { "Zihan", "子涵" }, { "Jianhong", "建鸿" }, { "Xiaolan", "晓岚" }, END };
PARTS chinese_family[] = {
  { "Ouyang", "欧阳" }, { "Shen", "沈" }, { "Fang", "方" }, { "Qiu", "邱" }, { "Zhuo", "卓" }, { "Bai", "白" }, END };
PARTS korean_given[] = {
  { "Seo-yeon", "서연" }, { "Do-hyun", "도현" }, { "Ha-eun", "하은" }, { "Jun-seo", "준서" }, { "Bo-ram", "보람" }, END };
PARTS korean_family[] = {
  { "Namgung", "남궁" }, { "Baek", "백" }, { "Cha", "차" }, { "Seol", "설" }, { "Pyo", "표" }, END };
PARTS greek_given[] = {
  { "Eleftheria", "Ελευθερία" }, { "Spyridon", "Σπυρίδων" }, { "Danai", "Δανάη" }, { "Thanos", "Θάνος" }, { "Myrto", "Μυρτώ" }, END };
PARTS greek_family[] = {
  { "Karavelis", "Καραβέλης" }, { "Papathymiou", "Παπαθυμίου" }, { "Drosinakis", "Δροσινάκης" }, { "Xenidou", "Ξενίδου" }, END };
PARTS ukrainian_given[] = {
  { "Solomiia", "Соломія" }, { "Bohdan", "Богдан" }, { "Yaryna", "Ярина" }, { "Ostap", "Остап" }, { "Zlata", "Злата" }, END };
PARTS ukrainian_family[] = {
  { "Hryhorchuk", "Григорчук" }, { "Vyshnevets", "Вишневець" }, { "Lisovyi", "Лісовий" }, { "Kovalykha", "Ковалиха" }, END };
PARTS bulgarian_given[] = {
  { "Rositsa", "Росица" }, { "Zhivko", "Живко" }, { "Yoana", "Йоана" }, { "Lachezar", "Лъчезар" }, END };
PARTS bulgarian_family[] = {
  { "Drenkova", "Дренкова" }, { "Shtarbanov", "Щърбанов" }, { "Zlatarov", "Златаров" }, END };
PARTS amharic_given[] = {
  { "Hiwot", "ሕይወት" }, { "Dawit", "ዳዊት" }, { "Selamawit", "ሰላማዊት" }, { "Yonas", "ዮናስ" }, { "Tsehay", "ፀሐይ" }, END };
PARTS amharic_family[] = {
  { "Mengistab", "መንግሥተአብ" }, { "Worku", "ወርቁ" }, { "Gebremeskel", "ገብረመስቀል" }, { "Alemneh", "አለምነህ" }, END };
PARTS bengali_given[] = {
  { "Nusrat", "নুসরাত" }, { "Rafiq", "রফিক" }, { "Tanima", "তনিমা" }, { "Anirban", "অনির্বাণ" }, END };
PARTS bengali_family[] = {
  { "Chowdhury", "চৌধুরী" }, { "Majumdar", "মজুমদার" }, { "Bhuiyan", "ভূঁইয়া" }, END };
PARTS georgian_given[] = {
  { "Ketevan", "ქეთევან" }, { "Vakhtang", "ვახტანგ" }, { "Nino", "ნინო" }, { "Luka", "ლუკა" }, END };
PARTS georgian_family[] = {
  { "Tsereladze", "წერელაძე" }, { "Mchedlidze", "მჭედლიძე" }, { "Gogokhia", "გოგოხია" }, END };
PARTS single[] = {
  { "Ningsih", NULL }, { "Wibisana", NULL }, { "Sulastri", NULL }, { "Pranata", NULL }, { "Kusuma", NULL }, END };

static const DemoCulture CULTURES[] = {
  { "en", english_given, english_family, FALSE, " " },
  { "ar", arabic_given, arabic_family, FALSE, " " },
  { "ja", japanese_given, japanese_family, TRUE, "\u3000" },
  { "hi", hindi_given, hindi_family, FALSE, " " },
  { "es", spanish_given, spanish_family, FALSE, " " },
  { "el", greek_given, greek_family, FALSE, " " },
  { "zh", chinese_given, chinese_family, TRUE, "" },
  { "he", hebrew_given, hebrew_family, FALSE, " " },
  { "th", thai_given, thai_family, FALSE, " " },
  { "ko", korean_given, korean_family, TRUE, "" },
  { "uk", ukrainian_given, ukrainian_family, FALSE, " " },
  { "am", amharic_given, amharic_family, FALSE, " " },
  { "fr", french_given, french_family, FALSE, " " },
  { "pl", polish_given, polish_family, FALSE, " " },
  { "vi", vietnamese_given, vietnamese_family, FALSE, " " },
  { "bn", bengali_given, bengali_family, FALSE, " " },
  { "bg", bulgarian_given, bulgarian_family, FALSE, " " },
  { "ka", georgian_given, georgian_family, FALSE, " " },
  { "id", NULL, single, FALSE, " " },
};
/* clang-format on */

static const DemoNamePart *
pick (const DemoNamePart *parts, GRand *random)
{
  guint n_parts = 0;

  while (parts[n_parts].latin)
    n_parts++;
  return &parts[g_rand_int_range (random, 0, n_parts)];
}

guint
demo_names_get_n_cultures (void)
{
  return G_N_ELEMENTS (CULTURES);
}

const DemoCulture *
demo_names_get_culture (guint index)
{
  return &CULTURES[index % G_N_ELEMENTS (CULTURES)];
}

DemoName *
demo_name_make (const DemoCulture *culture, GRand *random)
{
  DemoName *name = g_new0 (DemoName, 1);
  const DemoNamePart *family = pick (culture->family, random);
  const DemoNamePart *given = culture->given ? pick (culture->given, random) : NULL;

  name->language = culture->language;
  name->family = g_strdup (family->latin);
  name->given = given ? g_strdup (given->latin) : NULL;
  if (given && given->local)
    name->local
        = g_strconcat (culture->family_first ? family->local : given->local, culture->separator,
                       culture->family_first ? given->local : family->local, NULL);
  return name;
}

DemoName *
demo_name_make_long (GRand *random)
{
  static const char *const givens[] = { "Maximiliana Guadalupe del Rosario",
                                        "Wolfgang-Amadé Ferdinand", "Maria da Conceição Benedita" };
  static const char *const families[]
      = { "Figueiroa de Vasconcelinhos e Albuquerca", "van der Westhuizen-Oosterbeekhuysen",
          "Zamarripa-Etxeberrigarai y Montenegrillo" };
  DemoName *name = g_new0 (DemoName, 1);

  name->language = "en";
  name->given = g_strdup (givens[g_rand_int_range (random, 0, G_N_ELEMENTS (givens))]);
  name->family = g_strdup (families[g_rand_int_range (random, 0, G_N_ELEMENTS (families))]);
  return name;
}

void
demo_name_free (DemoName *name)
{
  if (name == NULL)
    return;
  g_free (name->given);
  g_free (name->family);
  g_free (name->local);
  g_free (name);
}
