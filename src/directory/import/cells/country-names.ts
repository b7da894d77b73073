import { normalise } from '../../../conversation/understand/tokens.ts'

/** ISO 3166-1 alpha-2 by code, by the three letters that aid agencies use, or by name in five languages. */
const THREE =
  'AFG AF,AGO AO,ALB AL,ARE AE,ARG AR,ARM AM,AUT AT,AZE AZ,BDI BI,BEN BJ,BFA BF,BGD BD,BGR BG,BIH BA,BLR BY,BOL BO,BRA BR,CAF CF,CHL CL,CIV CI,CMR CM,COD CD,COG CG,COL CO,CRI CR,CUB CU,CZE CZ,DEU DE,DJI DJ,DOM DO,DZA DZ,ECU EC,EGY EG,ERI ER,ESP ES,EST EE,ETH ET,FRA FR,GAB GA,GBR GB,GEO GE,GHA GH,GIN GN,GMB GM,GNB GW,GRC GR,GTM GT,GUY GY,HND HN,HRV HR,HTI HT,HUN HU,IDN ID,IND IN,IRL IE,IRN IR,IRQ IQ,ISR IL,ITA IT,JAM JM,JOR JO,KAZ KZ,KEN KE,KGZ KG,KHM KH,LAO LA,LBN LB,LBR LR,LBY LY,LKA LK,LSO LS,LTU LT,LVA LV,MAR MA,MDA MD,MDG MG,MEX MX,MKD MK,MLI ML,MMR MM,MNE ME,MNG MN,MOZ MZ,MRT MR,MWI MW,MYS MY,NAM NA,NER NE,NGA NG,NIC NI,NPL NP,PAK PK,PAN PA,PER PE,PHL PH,PNG PG,POL PL,PRT PT,PRY PY,PSE PS,ROU RO,RUS RU,RWA RW,SAU SA,SDN SD,SEN SN,SLE SL,SLV SV,SOM SO,SRB RS,SSD SS,SVK SK,SVN SI,SWZ SZ,SYR SY,TCD TD,TGO TG,THA TH,TJK TJ,TKM TM,TLS TL,TUN TN,TUR TR,TZA TZ,UGA UG,UKR UA,URY UY,USA US,UZB UZ,VEN VE,VNM VN,XKX XK,YEM YE,ZAF ZA,ZMB ZM,ZWE ZW'
const NAMED_IN = ['en', 'fr', 'es', 'ar', 'uk'] as const
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'

let names: ReadonlyMap<string, string> | undefined

export function countryCode(written: string): string | undefined {
  const text = written.trim()
  if (/^[A-Za-z]{2}$/u.test(text)) return text.toUpperCase()
  return namesOf().get(normalise(text))
}

function namesOf(): ReadonlyMap<string, string> {
  if (names !== undefined) return names
  const found = new Map<string, string>()
  for (const pair of THREE.split(',')) {
    const [three = '', two = ''] = pair.split(' ')
    found.set(normalise(three), two)
  }
  for (const language of NAMED_IN) {
    const display = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' })
    for (const first of LETTERS)
      for (const second of LETTERS) {
        const name = normalise(display.of(first + second) ?? '')
        if (name !== '' && !found.has(name)) found.set(name, first + second)
      }
  }
  return (names = found)
}
