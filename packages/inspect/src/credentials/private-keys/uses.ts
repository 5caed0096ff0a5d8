import type { Fact } from '../../contract.ts'

type BootFile = Fact<'boot.file'>

export interface KeyUse {
  /** Name of the service, or that of the file that names the key. */
  readonly service: string
  /** The file that names it; undefined where the service reads that place by itself. */
  readonly file?: string
}

export interface KeyMentions {
  readonly usedBy: readonly KeyUse[]
  /** Scripts that make a key of this name. */
  readonly generatedBy: readonly string[]
}

/** Services by the place of their configuration. */
const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/lighttpd/, 'lighttpd'],
  [/nginx/, 'nginx'],
  [/(?:apache2|httpd\.conf)/, 'Apache httpd'],
  [/uhttpd/, 'uhttpd'],
  [/stunnel/, 'stunnel'],
  [/hostapd/, 'hostapd'],
  [/wpa_supplicant/, 'wpa_supplicant'],
  [/mosquitto/, 'mosquitto'],
  [/openvpn/, 'OpenVPN'],
  [/dropbear/, 'dropbear'],
  [/sshd_config/, 'sshd'],
  [/(?:ipsec|swanctl|strongswan)/, 'strongSwan'],
  [/vsftpd/, 'vsftpd'],
  [/(?:wireguard|config\/network$)/, 'WireGuard'],
  [/(?:haproxy)/, 'HAProxy'],
  [/(?:freeradius|raddb)/, 'FreeRADIUS'],
]

/** Places that programs read without being told. */
const DEFAULTS: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\/)etc\/dropbear\/dropbear_\w+_host_key$/, 'dropbear'],
  [/(?:^|\/)etc\/ssh\/ssh_host_\w+_key$/, 'sshd'],
  [/(?:^|\/)etc\/uhttpd\.(?:key|pem)$/, 'uhttpd'],
  [/(?:^|\/)root\/\.ssh\/id_\w+$/, 'ssh'],
  [/(?:^|\/)etc\/wireguard\/[^/]+\.conf$/, 'WireGuard'],
  [/(?:^|\/)etc\/config\/network$/, 'WireGuard'],
  [/(?:^|\/)etc\/ipsec\.d\/private\//, 'strongSwan'],
]

const MOST_KEYS = 64
const MOST_MENTIONS = 8

/** What the scripts and configurations of the same root say about keys, by the path of the key below its root. */
export function mentionsOf(
  keys: readonly { readonly root: string; readonly inner: string }[],
  files: readonly BootFile[],
): (root: string, inner: string) => KeyMentions {
  const wanted = new Map<string, { readonly root: string; readonly inner: string }>()
  for (const { root, inner } of keys) {
    if (inner !== '' && wanted.size < MOST_KEYS) wanted.set(`${root}\0${inner}`, { root, inner })
  }
  const mentions = new Map<string, KeyMentions>()
  for (const [id, { root, inner }] of wanted) mentions.set(id, mentioned(root, inner, files))
  return (root, inner) => mentions.get(`${root}\0${inner}`) ?? { usedBy: [], generatedBy: [] }
}

function mentioned(root: string, inner: string, files: readonly BootFile[]): KeyMentions {
  const usedBy: KeyUse[] = DEFAULTS.filter(([place]) => place.test(inner)).map(([, service]) => ({ service }))
  const generatedBy: string[] = []
  const needle = `/${inner.slice(inner.lastIndexOf('etc/') < 0 ? 0 : inner.lastIndexOf('etc/'))}`
  for (const { place, data } of files) {
    if (place.root !== root || place.inner === inner) continue
    const line = data.text.includes(needle) ? lineWith(data.text.replace(/\\\n\s*/g, ' '), needle) : undefined
    if (line === undefined) continue
    if (makingIn(line) !== undefined) generatedBy.push(place.inner)
    else usedBy.push({ service: serviceOf(place.inner), file: place.inner })
  }
  return { usedBy: usedBy.slice(0, MOST_MENTIONS), generatedBy: generatedBy.slice(0, MOST_MENTIONS) }
}

/** The first line in which a path stands whole, and not as a comment. */
function lineWith(text: string, path: string): string | undefined {
  for (let at = text.indexOf(path), seen = 0; at >= 0 && seen < 20; at = text.indexOf(path, at + 1), seen++) {
    if (/[\w.-]/.test(text[at + path.length] ?? '') || /[\w.]/.test(text[at - 1] ?? '')) continue
    const start = text.lastIndexOf('\n', at) + 1
    const end = text.indexOf('\n', at)
    const line = text.slice(start, end < 0 ? text.length : end)
    if (!/^\s*[#;]/.test(line)) return line
  }
  return undefined
}

function serviceOf(file: string): string {
  return SERVICES.find(([pattern]) => pattern.test(file))?.[1] ?? file.slice(file.lastIndexOf('/') + 1)
}

export interface Generator {
  readonly file: BootFile
  readonly command: string
}

/** Commands that can make a key, as they stand in scripts; what they are asked to do decides `makesKey`. */
const COMMAND =
  /(?:^|[;&|(\s])((?:\/\S{1,60}\/)?(?:dropbearkey|ssh-keygen|px5g|wg genkey|usign -G|certtool|keytool -genkey|openssl (?:req|genrsa|genpkey|gendsa|ecparam))\b[^\n;&|]{0,200})/gm

/** Scripts of a boot that make keys: the first such command of each. */
export function generatorsOf(files: readonly BootFile[]): readonly Generator[] {
  return files.flatMap((file) => {
    const { text } = file.data
    const command = text.startsWith('#!') ? makingIn(text) : undefined
    return command === undefined ? [] : [{ file, command }]
  })
}

/** The first command that makes a key; comments are none, and a line that goes on is one. */
function makingIn(text: string): string | undefined {
  if (!/key|px5g|genrsa|usign|certtool/.test(text)) return undefined
  const code = text.replace(/^[ \t]*#.*$/gm, '').replace(/\\\n\s*/g, ' ')
  for (const [, command = ''] of code.matchAll(COMMAND)) if (makesKey(command)) return command.trim()
  return undefined
}

function makesKey(command: string): boolean {
  if (/ssh-keygen/.test(command)) return /\s-(?:A|t)\b/.test(command)
  if (/dropbearkey/.test(command)) return /\s-f\b/.test(command) && !/\s-y\b/.test(command)
  if (/openssl (?:req|ecparam)/.test(command)) return /-(?:newkey|genkey)\b/.test(command)
  if (/certtool/.test(command)) return /--generate-privkey/.test(command)
  return true
}
