import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import './facts.ts'
import { wordsOf } from './words.ts'

/** Larger files hold no few settings. */
const MOST_TEXT = 256 * 1024
/** Values of one file. */
const MOST_VALUES = 32

interface Source {
  readonly path: RegExp
  /** Its first group, or the second or third, is the value. */
  readonly value: RegExp
}

/** The likeliest first: a host name is typed in by whoever makes the firmware. */
const SOURCES: readonly Source[] = [
  { path: /(?:^|\/)etc\/hostname$/, value: /^([^\s#]{1,64})/gm },
  { path: /(?:^|\/)etc\/config\/system$/, value: /^\s{0,8}option hostname ['"]?([^'"\n]{1,64})/gm },
  {
    path: /(?:^|\/)etc\/device_info$/,
    value: /^DEVICE_(?:MANUFACTURER|PRODUCT)=(?:"([^"\n]*)"|'([^'\n]*)'|(\S{0,64}))/gm,
  },
  {
    path: /(?:^|\/)build\.prop$/,
    value: /^ro\.product\.(?:\w{1,16}\.)?(?:brand|name|device|model|manufacturer|board)=([^\n\r]{1,64})/gm,
  },
  {
    path: /(?:^|\/)(?:[\w.-]{0,32}(?:nvram|default|factory|product|model|device|board|version|vendor|sysinfo)[\w.-]{0,32}\.(?:conf|cfg|ini|txt|xml|json|dat|default|info)|(?:nvram|default|factory|product|model|device|board|vendor)[\w-]{0,16})$/i,
    value:
      /(?:^|[\s<"'{,;])(?:(?:product|model|device|vendor|manufacturer|brand|company|oem|maker|friendly|board)[_-]?(?:name|id|model|number)?|modelName|ModelName)["']?(?:[ \t]{0,4}[=:][ \t]{0,4}|>)(?:"([^"\n]{1,64})"|'([^'\n]{1,64})'|([^\s"'<,;]{1,64}))/gim,
  },
  { path: /(?:^|\/)hostapd[\w.-]{0,32}\.conf$/, value: /^ssid=([^\n\r]{1,64})/gm },
  { path: /(?:^|\/)etc\/config\/wireless$/, value: /^\s{0,8}option ssid ['"]?([^'"\n]{1,64})/gm },
  {
    path: /(?:^|\/)(?:etc|usr\/lib)\/(?:os-release|openwrt_release)$/,
    value:
      /^(?:NAME|ID|VARIANT_ID|DISTRIB_ID|OPENWRT_DEVICE_MANUFACTURER|OPENWRT_DEVICE_PRODUCT)=(?:"([^"\n]*)"|'([^'\n]*)'|(\S{0,64}))/gm,
  },
]

export const productWordsCheck: Check = {
  id: 'credentials.product-words',
  version: 1,
  title: { en: 'Names of the product in its own files', de: 'Namen des Produkts in seinen eigenen Dateien' },
  provisions: provisions(['5.1-1']),
  cases: cases('5.1-1-2'),
  input: ['image'],
  canShow: {
    en: 'Which words about product, model and maker are tried as passwords; it states nothing by itself.',
    de: 'Welche Wörter über Produkt, Modell und Hersteller als Passwörter versucht werden; allein stellt sie nichts fest.',
  },
  cannotShow: {
    en: 'Names that stand on the housing only.',
    de: 'Namen, die nur auf dem Gehäuse stehen.',
  },
  states: [],
  wants: { paths: SOURCES.map(({ path }) => path) },
  gives: ['product.word'],
  look,
}

function look(artefact: Artefact, out: MapOut): void {
  if (artefact.type !== 'file' || artefact.bytes.size > MOST_TEXT) return
  const text = artefact.text()
  if (text.includes('\0')) return
  SOURCES.forEach(({ path, value }, rank) => {
    if (!path.test(artefact.inner)) return
    const values = [...text.matchAll(value)].slice(0, MOST_VALUES)
    for (const match of values)
      for (const word of wordsOf(match[1] ?? match[2] ?? match[3] ?? ''))
        out.fact('product.word', placeOf(artefact, match.index, match[0].length), { word, rank })
  })
}
