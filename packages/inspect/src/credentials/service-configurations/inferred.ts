import type { ClearFact } from '../clear/facts.ts'
import type { Setting } from '../clear/settings/index.ts'
import type { SubjectName } from '../clear/subjects.ts'
import { entropyOf, isClear, isProse, valueKind } from '../clear/value.ts'

/** Names that mean a secret, as their last part: not `password_file`, not `password_min_length`. */
const SECRET_NAME =
  /(?:^|[^a-z])(?:pass(?:word|wd|phrase|code|key)?\d?|passw|pword|pwd|psk|pre_?shared_?key|presharedkey|secret(?:_?key)?|shared_?secret|r?[ow]?community|requirepass|masterauth|credentials?|authpass)$/i
const SECRET_TAIL =
  /(?:[Pp]ass(?:word|wd|phrase|code)|[Pp]swd|[a-z]P(?:wd|WD)|PassWord|PASSWORD|PASSWD|_PWD|[a-z]Secret|_SECRET|_PASS|[a-z]Psk|_PSK|PreSharedKey|PSKey|[a-z]Community|userPasswd|Passphrase)\d?$/
/** Names of keys; only values that look drawn at random count. */
const KEY_NAME =
  /(?:api|auth|access|secret|private|encrypt(?:ion)?|aes|des|master|device|product|signing|hmac|token)[-_.]?(?:key|secret|token)$|(?:^|[-_.])(?:token|authtoken|apikey|aeskey)$|(?:Api|Auth|Access|Secret|Aes|AES|Encryption|Master|Device|Product)(?:Key|Secret|Token)$/i
const NO_SECRET =
  /(?<![a-z])(?:no|not|without|allow|deny|require|need|use|enable|disable|show|hide|check|min|max|forgot|reset|change|old|confirm|repeat|retype|invalid|wrong|empty|missing|hashed|encrypted|ask)[-_ ]?(?:for[-_ ]?)?(?:clear[-_ ]?)?(?:text[-_ ]?)?(?:pass|pwd|psk|secret|key|token)|(?:public|pub|host)[-_.]?key$/i

/** Files whose `password` line is about something else. */
const OTHER_MEANING =
  /(?:^|\/)(?:nsswitch\.conf|pam\.d\/.*|pam\.conf|login\.defs|services|protocols|aliases|mime\.types|magic|sudoers(?:\.d\/.*)?|securetty|environment|inputrc|logcheck\/.*|logrotate\.d\/.*|init\/.*|cron[^/]*\/.*|bash_completion\.d\/.*|selinux\/.*|apparmor\.d\/.*|apport\/.*)$/

const BY_NAME: readonly (readonly [RegExp, SubjectName])[] = [
  [/snmp|community/i, 'snmp'],
  [/^(?:input|output)_password$|private_?key_?pass/i, 'key-passphrase'],
  [/radius|raddb/i, 'radius'],
  [/cwmp|tr-?069|(?:^|[^a-z])acs(?:[^a-z]|$)|acs(?:user|pass)|connection_?request/i, 'cwmp'],
  [/onvif|rtsp|ip_?cam|camera|webcam/i, 'camera'],
  [/mqtt|mosquitto|broker|amqp/i, 'mqtt'],
  [/ddns|dyn_?dns|ddclient|inadyn|no-?ip\b/i, 'ddns'],
  [/(?:^|[^a-z])(?:sip|voip|pjsip|iax)\d?(?:[^a-z]|$)|asterisk/i, 'sip'],
  [/vpn|ipsec|swan|l2tp|pptp|(?:^|[^a-z])ike|wireguard|xauth|pre_?shared_?key/i, 'vpn'],
  [/ppp|(?:^|[^a-z])(?:pap|chap|apn|wan)(?:[^a-z]|$)/i, 'ppp'],
  [/smtp|imap|pop3|mail/i, 'mail'],
  [/sql|postgres|redis|mongo|database|(?:^|[^a-z])db(?:[^a-z]|$)|influx/i, 'database'],
  [/ftp|samba|(?:^|[^a-z])smb|cifs|webdav/i, 'file-sharing'],
  [/(?:^|[^a-z])ap(?:[^a-z]|$)|soft_?ap|hot_?spot|access_?point/i, 'wifi-access-point'],
  [/wi-?fi|wlan|wireless|ssid|wpa|(?:^|[^a-z])psk/i, 'wifi-client'],
  [/key_?(?:store|pass|file)|private_?key|(?:^|[^a-z])(?:pem|tls|ssl|cert)/i, 'key-passphrase'],
  [/passkey|pair(?:ing)?/i, 'pairing'],
  [/encrypt|(?:^|[^a-z])aes/i, 'encryption'],
  [/product_?secret|device_?secret|auth_?key|device_?key/i, 'device-identity'],
  [/api|cloud|token|access_?key/i, 'cloud-key'],
  [
    /admin|web|http|login|user|account|console|telnet|ssh|root|super|(?:^|[^a-z])ui(?:[^a-z]|$)/i,
    'web-login',
  ],
]

const READERS: Partial<Readonly<Record<SubjectName, readonly string[]>>> = {
  snmp: ['snmpd', 'mini_snmpd'],
  radius: ['radiusd', 'freeradius', 'hostapd'],
  cwmp: ['cwmpd', 'easycwmpd', 'icwmpd', 'tr069', 'cwmp', 'tr069d'],
  vpn: ['openvpn', 'charon', 'pluto', 'xl2tpd', 'ipsec', 'starter'],
  ppp: ['pppd'],
  ddns: ['ddclient', 'inadyn'],
  sip: ['asterisk'],
}

export interface Inferred {
  readonly subject: SubjectName
  readonly user?: string
  readonly form: ClearFact['form']
  readonly grade: ClearFact['grade']
  readonly weakness?: ClearFact['weakness']
  readonly readers: readonly string[]
}

/** What a setting opens, by its name, its section and its file; undefined where it holds no secret in the clear. */
export function inferSecret(
  inner: string,
  setting: Setting,
  beside: readonly Setting[],
): Inferred | undefined {
  const { key, value, separator } = setting
  if (OTHER_MEANING.test(inner) || (NO_SECRET.test(key) && key !== 'requirepass')) return undefined
  if (value.length < 3 || value.length > 256) return undefined
  const isPassword = SECRET_NAME.test(key) || SECRET_TAIL.test(key)
  const isKey = !isPassword && KEY_NAME.test(key)
  if (!isPassword && !isKey) return undefined
  if (!isClear(value) || isProse(value) || /\s/.test(value)) return undefined
  // In lines of words without a sign between them, anything may come second.
  if (
    separator === ' ' &&
    !setting.section &&
    !/^(?:password|passwd|secret|community|requirepass|masterauth|remote_password|psk|\w+_password)$/i.test(
      key,
    )
  )
    return undefined
  if (isSameWord(key, value) && valueKind(value) !== 'default') return undefined
  if (isKey && !looksDrawn(value)) return undefined
  if (isExample(setting, beside)) return undefined
  const own = subjectIn(key)
  const near =
    own ??
    subjectIn(setting.section) ??
    subjectIn(inner.slice(inner.lastIndexOf('/') + 1)) ??
    subjectIn(inner)
  const user = userOf(setting, beside)
  const subject = near ?? (user === undefined ? 'unnamed' : 'web-login')
  const known = near !== undefined || user !== undefined
  return {
    subject,
    ...(user === undefined ? {} : { user }),
    form: isKey ? 'key' : 'password',
    ...(known ? { grade: 'medium' } : { grade: 'low', weakness: 'reader-unknown' }),
    readers: READERS[subject] ?? [],
  }
}

/** Sections named as examples, and addresses that belong to nobody (RFC 2606, RFC 5737). */
function isExample({ section }: Setting, beside: readonly Setting[]): boolean {
  return (
    /(?:^|[^a-z])(?:example|sample|foo|bar|dummy)(?:[^a-z]|$)/i.test(section) ||
    beside.some(({ value }) =>
      /(?:^|[./@])example\.(?:com|net|org)|^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.\d/.test(value),
    )
  )
}

function subjectIn(name: string): SubjectName | undefined {
  return BY_NAME.find(([pattern]) => pattern.test(name))?.[1]
}

/** A name and its own translation, as in `Password: Passwort`. */
function isSameWord(key: string, value: string): boolean {
  const plain = (word: string): string => word.toLowerCase().replace(/[^a-z]/g, '')
  const [name, word] = [plain(key), plain(value)]
  return (
    word.length > 3 &&
    (name.includes(word) ||
      word.includes(name) ||
      /^(?:passwor[dt]|kennwort|contrase|motdepasse|parola|senha|has[lł]o|wachtwoord)/.test(word))
  )
}

/** Letters and digits in no order that a word would have. */
export function looksDrawn(value: string): boolean {
  return (
    value.length >= 16 &&
    /\d/.test(value) &&
    /[A-Za-z]/.test(value) &&
    /^[\w+/=.:-]+$/.test(value) &&
    entropyOf(value) >= 3.2
  )
}

/** The user of the same section whose name goes with the setting's, or the only one there. */
function userOf(setting: Setting, beside: readonly Setting[]): string | undefined {
  const users = beside.filter(
    ({ key, value }) => USER_END.test(key) && value !== '' && value.length <= 64 && isNamed(value),
  )
  const stem = setting.key.replace(SECRET_END, '')
  const same = users.find(({ key }) => key.replace(USER_END, '').toLowerCase() === stem.toLowerCase())
  const bare = users.filter(({ key }) => stem === '' || key.replace(USER_END, '') === '')
  return (same ?? (bare.length === 1 ? bare[0] : undefined))?.value
}

const SECRET_END = /[-_.]?(?:pass\w*|pwd|secret|psk)\d?$/i
const USER_END = /[-_.]?(?:user(?:_?name)?|login(?:_?name)?|account|identity|uname|usr|userid)$/i

function isNamed(value: string): boolean {
  return /^[\w.@+-]+$/.test(value)
}
