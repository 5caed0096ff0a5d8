/** An address in a program that speaks of firmware. */
export interface Address {
  /** Printable ASCII, without a login that stood in it. */
  readonly url: string
  readonly scheme: string
  /** Bytes from the start of the text. */
  readonly offset: number
  readonly length: number
}

const URL_TEXT = /\b(https?|ftp|tftp|mqtts?|coaps?|wss?):\/\/[\x21\x23-\x26\x28-\x3b\x3d\x3f-\x7e]{4,256}/gi
/** Words of addresses from which firmware comes; `ota` only as a word of its own. */
const OF_FIRMWARE =
  /firmware|(?:^|[^a-z])(?:f?ota|fuota|fw|dfu)(?:[^a-z]|$)|upgrade|[/_.-]updates?(?:[/_.?-]|$)|\.(?:bin|ota|gbl|zigbee|img)(?:[.?]|$)/i
/** Pages for people and for compilers. */
const PAGES =
  /^[a-z]+:\/\/(?:docs?\.|developer\.|(?:www\.)?(?:w3|apache|gnu|json-schema)\.org|schemas\.)|\/(?:docs?|wiki|issues|blob|tree)\/|\.(?:html?|md|pdf|png|css|js)(?:[?#]|$)/i
/** Hosts that can be reached inside of somebody's own network only. */
const PRIVATE_HOST =
  /^[a-z]+:\/\/(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|169\.254\.|[\w-]+\.(?:lan|local|home|internal)(?:[:/]|$))/i
const MOST_ADDRESSES = 20

/** Addresses in a text that speak of firmware, each once; logins in them are left out. */
export function firmwareAddresses(text: string): readonly Address[] {
  const found = new Map<string, Address>()
  for (const match of text.matchAll(URL_TEXT)) {
    const url = withoutLogin(match[0])
    if (found.has(url) || !OF_FIRMWARE.test(url) || PAGES.test(url) || PRIVATE_HOST.test(url)) continue
    found.set(url, {
      url,
      scheme: (match[1] as string).toLowerCase(),
      offset: match.index,
      length: match[0].length,
    })
    if (found.size === MOST_ADDRESSES) break
  }
  return [...found.values()]
}

function withoutLogin(url: string): string {
  return url.replace(/^([a-z]+:\/\/)[^/?#]*@/i, '$1')
}
