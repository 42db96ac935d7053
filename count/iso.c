/* iso.c: the codes of languages, currencies and countries that a .pb file may name.
 *
 * ISO 639-1, ISO 4217 and ISO 3166-1, as Debian's package iso-codes 4.15.0 lists them; of countries
 * the name, the common and the official one, and the codes of two and three letters, which is what
 * pabulib/checker looks up. */
#include "count/iso.h"

#include <string.h>
#include <strings.h>

static const char languages[] =
    "|aa|ab|ae|af|ak|am|an|ar|as|av|ay|az|ba|be|bg|bh|bi|bm|bn|bo|br|bs|ca|ce|ch|co|cr|cs|cu|"
    "cv|cy|da|de|dv|dz|ee|el|en|eo|es|et|eu|fa|ff|fi|fj|fo|fr|fy|ga|gd|gl|gn|gu|gv|ha|he|hi|"
    "ho|hr|ht|hu|hy|hz|ia|id|ie|ig|ii|ik|io|is|it|iu|ja|jv|ka|kg|ki|kj|kk|kl|km|kn|ko|kr|ks|"
    "ku|kv|kw|ky|la|lb|lg|li|ln|lo|lt|lu|lv|mg|mh|mi|mk|ml|mn|mr|ms|mt|my|na|nb|nd|ne|ng|nl|"
    "nn|no|nr|nv|ny|oc|oj|om|or|os|pa|pi|pl|ps|pt|qu|rm|rn|ro|ru|rw|sa|sc|sd|se|sg|si|sk|sl|"
    "sm|sn|so|sq|sr|ss|st|su|sv|sw|ta|te|tg|th|ti|tk|tl|tn|to|tr|ts|tt|tw|ty|ug|uk|ur|uz|ve|"
    "vi|vo|wa|wo|xh|yi|yo|za|zh|zu|";

static const char currencies[] =
    "|AED|AFN|ALL|AMD|ANG|AOA|ARS|AUD|AWG|AZN|BAM|BBD|BDT|BGN|BHD|BIF|BMD|BND|BOB|BOV|BRL|"
    "BSD|BTN|BWP|BYN|BZD|CAD|CDF|CHE|CHF|CHW|CLF|CLP|CNY|COP|COU|CRC|CUC|CUP|CVE|CZK|DJF|DKK|"
    "DOP|DZD|EGP|ERN|ETB|EUR|FJD|FKP|GBP|GEL|GHS|GIP|GMD|GNF|GTQ|GYD|HKD|HNL|HRK|HTG|HUF|IDR|"
    "ILS|INR|IQD|IRR|ISK|JMD|JOD|JPY|KES|KGS|KHR|KMF|KPW|KRW|KWD|KYD|KZT|LAK|LBP|LKR|LRD|LSL|"
    "LYD|MAD|MDL|MGA|MKD|MMK|MNT|MOP|MRU|MUR|MVR|MWK|MXN|MXV|MYR|MZN|NAD|NGN|NIO|NOK|NPR|NZD|"
    "OMR|PAB|PEN|PGK|PHP|PKR|PLN|PYG|QAR|RON|RSD|RUB|RWF|SAR|SBD|SCR|SDG|SEK|SGD|SHP|SLE|SLL|"
    "SOS|SRD|SSP|STN|SVC|SYP|SZL|THB|TJS|TMT|TND|TOP|TRY|TTD|TWD|TZS|UAH|UGX|USD|USN|UYI|UYU|"
    "UYW|UZS|VED|VES|VND|VUV|WST|XAF|XAG|XAU|XBA|XBB|XBC|XBD|XCD|XDR|XOF|XPD|XPF|XPT|XSU|XTS|"
    "XUA|XXX|YER|ZAR|ZMW|ZWL|";

static const char countries[] =
    "|Aruba|AW|ABW|Afghanistan|Islamic Republic of Afghanistan|AF|AFG|Angola|"
    "Republic of Angola|AO|AGO|Anguilla|AI|AIA|Åland Islands|AX|ALA|Albania|"
    "Republic of Albania|AL|ALB|Andorra|Principality of Andorra|AD|AND|United Arab Emirates|"
    "AE|ARE|Argentina|Argentine Republic|AR|ARG|Armenia|Republic of Armenia|AM|ARM|"
    "American Samoa|AS|ASM|Antarctica|AQ|ATA|French Southern Territories|TF|ATF|"
    "Antigua and Barbuda|AG|ATG|Australia|AU|AUS|Austria|Republic of Austria|AT|AUT|"
    "Azerbaijan|Republic of Azerbaijan|AZ|AZE|Burundi|Republic of Burundi|BI|BDI|Belgium|"
    "Kingdom of Belgium|BE|BEL|Benin|Republic of Benin|BJ|BEN|"
    "Bonaire, Sint Eustatius and Saba|BQ|BES|Burkina Faso|BF|BFA|Bangladesh|"
    "People's Republic of Bangladesh|BD|BGD|Bulgaria|Republic of Bulgaria|BG|BGR|Bahrain|"
    "Kingdom of Bahrain|BH|BHR|Bahamas|Commonwealth of the Bahamas|BS|BHS|"
    "Bosnia and Herzegovina|Republic of Bosnia and Herzegovina|BA|BIH|Saint Barthélemy|BL|"
    "BLM|Belarus|Republic of Belarus|BY|BLR|Belize|BZ|BLZ|Bermuda|BM|BMU|"
    "Bolivia, Plurinational State of|Bolivia|Plurinational State of Bolivia|BO|BOL|Brazil|"
    "Federative Republic of Brazil|BR|BRA|Barbados|BB|BRB|Brunei Darussalam|BN|BRN|Bhutan|"
    "Kingdom of Bhutan|BT|BTN|Bouvet Island|BV|BVT|Botswana|Republic of Botswana|BW|BWA|"
    "Central African Republic|CF|CAF|Canada|CA|CAN|Cocos (Keeling) Islands|CC|CCK|"
    "Switzerland|Swiss Confederation|CH|CHE|Chile|Republic of Chile|CL|CHL|China|"
    "People's Republic of China|CN|CHN|Côte d'Ivoire|Republic of Côte d'Ivoire|CI|CIV|"
    "Cameroon|Republic of Cameroon|CM|CMR|Congo, The Democratic Republic of the|CD|COD|Congo|"
    "Republic of the Congo|CG|COG|Cook Islands|CK|COK|Colombia|Republic of Colombia|CO|COL|"
    "Comoros|Union of the Comoros|KM|COM|Cabo Verde|Republic of Cabo Verde|CV|CPV|Costa Rica|"
    "Republic of Costa Rica|CR|CRI|Cuba|Republic of Cuba|CU|CUB|Curaçao|CW|CUW|"
    "Christmas Island|CX|CXR|Cayman Islands|KY|CYM|Cyprus|Republic of Cyprus|CY|CYP|Czechia|"
    "Czech Republic|CZ|CZE|Germany|Federal Republic of Germany|DE|DEU|Djibouti|"
    "Republic of Djibouti|DJ|DJI|Dominica|Commonwealth of Dominica|DM|DMA|Denmark|"
    "Kingdom of Denmark|DK|DNK|Dominican Republic|DO|DOM|Algeria|"
    "People's Democratic Republic of Algeria|DZ|DZA|Ecuador|Republic of Ecuador|EC|ECU|Egypt|"
    "Arab Republic of Egypt|EG|EGY|Eritrea|the State of Eritrea|ER|ERI|Western Sahara|EH|ESH|"
    "Spain|Kingdom of Spain|ES|ESP|Estonia|Republic of Estonia|EE|EST|Ethiopia|"
    "Federal Democratic Republic of Ethiopia|ET|ETH|Finland|Republic of Finland|FI|FIN|Fiji|"
    "Republic of Fiji|FJ|FJI|Falkland Islands (Malvinas)|FK|FLK|France|French Republic|FR|"
    "FRA|Faroe Islands|FO|FRO|Micronesia, Federated States of|Federated States of Micronesia|"
    "FM|FSM|Gabon|Gabonese Republic|GA|GAB|United Kingdom|"
    "United Kingdom of Great Britain and Northern Ireland|GB|GBR|Georgia|GE|GEO|Guernsey|GG|"
    "GGY|Ghana|Republic of Ghana|GH|GHA|Gibraltar|GI|GIB|Guinea|Republic of Guinea|GN|GIN|"
    "Guadeloupe|GP|GLP|Gambia|Republic of the Gambia|GM|GMB|Guinea-Bissau|"
    "Republic of Guinea-Bissau|GW|GNB|Equatorial Guinea|Republic of Equatorial Guinea|GQ|GNQ|"
    "Greece|Hellenic Republic|GR|GRC|Grenada|GD|GRD|Greenland|GL|GRL|Guatemala|"
    "Republic of Guatemala|GT|GTM|French Guiana|GF|GUF|Guam|GU|GUM|Guyana|Republic of Guyana|"
    "GY|GUY|Hong Kong|Hong Kong Special Administrative Region of China|HK|HKG|"
    "Heard Island and McDonald Islands|HM|HMD|Honduras|Republic of Honduras|HN|HND|Croatia|"
    "Republic of Croatia|HR|HRV|Haiti|Republic of Haiti|HT|HTI|Hungary|HU|HUN|Indonesia|"
    "Republic of Indonesia|ID|IDN|Isle of Man|IM|IMN|India|Republic of India|IN|IND|"
    "British Indian Ocean Territory|IO|IOT|Ireland|IE|IRL|Iran, Islamic Republic of|Iran|"
    "Islamic Republic of Iran|IR|IRN|Iraq|Republic of Iraq|IQ|IRQ|Iceland|"
    "Republic of Iceland|IS|ISL|Israel|State of Israel|IL|ISR|Italy|Italian Republic|IT|ITA|"
    "Jamaica|JM|JAM|Jersey|JE|JEY|Jordan|Hashemite Kingdom of Jordan|JO|JOR|Japan|JP|JPN|"
    "Kazakhstan|Republic of Kazakhstan|KZ|KAZ|Kenya|Republic of Kenya|KE|KEN|Kyrgyzstan|"
    "Kyrgyz Republic|KG|KGZ|Cambodia|Kingdom of Cambodia|KH|KHM|Kiribati|"
    "Republic of Kiribati|KI|KIR|Saint Kitts and Nevis|KN|KNA|Korea, Republic of|South Korea|"
    "KR|KOR|Kuwait|State of Kuwait|KW|KWT|Lao People's Democratic Republic|Laos|LA|LAO|"
    "Lebanon|Lebanese Republic|LB|LBN|Liberia|Republic of Liberia|LR|LBR|Libya|LY|LBY|"
    "Saint Lucia|LC|LCA|Liechtenstein|Principality of Liechtenstein|LI|LIE|Sri Lanka|"
    "Democratic Socialist Republic of Sri Lanka|LK|LKA|Lesotho|Kingdom of Lesotho|LS|LSO|"
    "Lithuania|Republic of Lithuania|LT|LTU|Luxembourg|Grand Duchy of Luxembourg|LU|LUX|"
    "Latvia|Republic of Latvia|LV|LVA|Macao|Macao Special Administrative Region of China|MO|"
    "MAC|Saint Martin (French part)|MF|MAF|Morocco|Kingdom of Morocco|MA|MAR|Monaco|"
    "Principality of Monaco|MC|MCO|Moldova, Republic of|Moldova|Republic of Moldova|MD|MDA|"
    "Madagascar|Republic of Madagascar|MG|MDG|Maldives|Republic of Maldives|MV|MDV|Mexico|"
    "United Mexican States|MX|MEX|Marshall Islands|Republic of the Marshall Islands|MH|MHL|"
    "North Macedonia|Republic of North Macedonia|MK|MKD|Mali|Republic of Mali|ML|MLI|Malta|"
    "Republic of Malta|MT|MLT|Myanmar|Republic of Myanmar|MM|MMR|Montenegro|ME|MNE|Mongolia|"
    "MN|MNG|Northern Mariana Islands|Commonwealth of the Northern Mariana Islands|MP|MNP|"
    "Mozambique|Republic of Mozambique|MZ|MOZ|Mauritania|Islamic Republic of Mauritania|MR|"
    "MRT|Montserrat|MS|MSR|Martinique|MQ|MTQ|Mauritius|Republic of Mauritius|MU|MUS|Malawi|"
    "Republic of Malawi|MW|MWI|Malaysia|MY|MYS|Mayotte|YT|MYT|Namibia|Republic of Namibia|NA|"
    "NAM|New Caledonia|NC|NCL|Niger|Republic of the Niger|NE|NER|Norfolk Island|NF|NFK|"
    "Nigeria|Federal Republic of Nigeria|NG|NGA|Nicaragua|Republic of Nicaragua|NI|NIC|Niue|"
    "NU|NIU|Netherlands|Kingdom of the Netherlands|NL|NLD|Norway|Kingdom of Norway|NO|NOR|"
    "Nepal|Federal Democratic Republic of Nepal|NP|NPL|Nauru|Republic of Nauru|NR|NRU|"
    "New Zealand|NZ|NZL|Oman|Sultanate of Oman|OM|OMN|Pakistan|Islamic Republic of Pakistan|"
    "PK|PAK|Panama|Republic of Panama|PA|PAN|Pitcairn|PN|PCN|Peru|Republic of Peru|PE|PER|"
    "Philippines|Republic of the Philippines|PH|PHL|Palau|Republic of Palau|PW|PLW|"
    "Papua New Guinea|Independent State of Papua New Guinea|PG|PNG|Poland|Republic of Poland|"
    "PL|POL|Puerto Rico|PR|PRI|Korea, Democratic People's Republic of|North Korea|"
    "Democratic People's Republic of Korea|KP|PRK|Portugal|Portuguese Republic|PT|PRT|"
    "Paraguay|Republic of Paraguay|PY|PRY|Palestine, State of|the State of Palestine|PS|PSE|"
    "French Polynesia|PF|PYF|Qatar|State of Qatar|QA|QAT|Réunion|RE|REU|Romania|RO|ROU|"
    "Russian Federation|RU|RUS|Rwanda|Rwandese Republic|RW|RWA|Saudi Arabia|"
    "Kingdom of Saudi Arabia|SA|SAU|Sudan|Republic of the Sudan|SD|SDN|Senegal|"
    "Republic of Senegal|SN|SEN|Singapore|Republic of Singapore|SG|SGP|"
    "South Georgia and the South Sandwich Islands|GS|SGS|"
    "Saint Helena, Ascension and Tristan da Cunha|SH|SHN|Svalbard and Jan Mayen|SJ|SJM|"
    "Solomon Islands|SB|SLB|Sierra Leone|Republic of Sierra Leone|SL|SLE|El Salvador|"
    "Republic of El Salvador|SV|SLV|San Marino|Republic of San Marino|SM|SMR|Somalia|"
    "Federal Republic of Somalia|SO|SOM|Saint Pierre and Miquelon|PM|SPM|Serbia|"
    "Republic of Serbia|RS|SRB|South Sudan|Republic of South Sudan|SS|SSD|"
    "Sao Tome and Principe|Democratic Republic of Sao Tome and Principe|ST|STP|Suriname|"
    "Republic of Suriname|SR|SUR|Slovakia|Slovak Republic|SK|SVK|Slovenia|"
    "Republic of Slovenia|SI|SVN|Sweden|Kingdom of Sweden|SE|SWE|Eswatini|"
    "Kingdom of Eswatini|SZ|SWZ|Sint Maarten (Dutch part)|SX|SXM|Seychelles|"
    "Republic of Seychelles|SC|SYC|Syrian Arab Republic|Syria|SY|SYR|"
    "Turks and Caicos Islands|TC|TCA|Chad|Republic of Chad|TD|TCD|Togo|Togolese Republic|TG|"
    "TGO|Thailand|Kingdom of Thailand|TH|THA|Tajikistan|Republic of Tajikistan|TJ|TJK|"
    "Tokelau|TK|TKL|Turkmenistan|TM|TKM|Timor-Leste|Democratic Republic of Timor-Leste|TL|"
    "TLS|Tonga|Kingdom of Tonga|TO|TON|Trinidad and Tobago|Republic of Trinidad and Tobago|"
    "TT|TTO|Tunisia|Republic of Tunisia|TN|TUN|Türkiye|Republic of Türkiye|TR|TUR|Tuvalu|"
    "TV|TUV|Taiwan, Province of China|Taiwan|TW|TWN|Tanzania, United Republic of|Tanzania|"
    "United Republic of Tanzania|TZ|TZA|Uganda|Republic of Uganda|UG|UGA|Ukraine|UA|UKR|"
    "United States Minor Outlying Islands|UM|UMI|Uruguay|Eastern Republic of Uruguay|UY|URY|"
    "United States|United States of America|US|USA|Uzbekistan|Republic of Uzbekistan|UZ|UZB|"
    "Holy See (Vatican City State)|VA|VAT|Saint Vincent and the Grenadines|VC|VCT|"
    "Venezuela, Bolivarian Republic of|Venezuela|Bolivarian Republic of Venezuela|VE|VEN|"
    "Virgin Islands, British|British Virgin Islands|VG|VGB|Virgin Islands, U.S.|"
    "Virgin Islands of the United States|VI|VIR|Viet Nam|Vietnam|"
    "Socialist Republic of Viet Nam|VN|VNM|Vanuatu|Republic of Vanuatu|VU|VUT|"
    "Wallis and Futuna|WF|WLF|Samoa|Independent State of Samoa|WS|WSM|Yemen|"
    "Republic of Yemen|YE|YEM|South Africa|Republic of South Africa|ZA|ZAF|Zambia|"
    "Republic of Zambia|ZM|ZMB|Zimbabwe|Republic of Zimbabwe|ZW|ZWE|Worldwide|";

/* Whether "|word|" stands in the list. */
static bool stands_in(const char *list, const char *word,
                      int (*compare)(const char *, const char *, size_t))
{
    size_t len = strlen(word);
    for (const char *at = list; (at = strchr(at, '|')) != NULL && *++at != '\0';) {
        if (len > 0 && compare(at, word, len) == 0 && at[len] == '|')
            return true;
    }
    return false;
}

bool iso_language(const char *word)
{
    return stands_in(languages, word, strncmp);
}

bool iso_currency(const char *word)
{
    return stands_in(currencies, word, strncmp);
}

bool iso_country(const char *word)
{
    return stands_in(countries, word, strncasecmp);
}
