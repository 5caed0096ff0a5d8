import type { ClearFact } from '../clear/facts.ts'
import type { Setting } from '../clear/settings/index.ts'
import { readUci } from '../clear/settings/uci.ts'
import { isClear } from '../clear/value.ts'

/** A secret that stands at a place of its own in the lines of one daemon’s file. */
export type DaemonFind = Pick<ClearFact, 'readers' | 'subject'> &
  Partial<Pick<ClearFact, 'grade' | 'state' | 'user' | 'weakness'>> & {
    readonly setting: Pick<Setting, 'key' | 'offset' | 'section' | 'value'>
  }

interface DaemonFile {
  readonly path: RegExp
  readonly read: (text: string) => readonly DaemonFind[]
}

interface LineRule {
  readonly subject: ClearFact['subject']
  readonly readers: readonly string[]
  /** One line; the group `secret`, and maybe `user`. */
  readonly line: RegExp
  readonly key: string
  readonly weak?: (line: string, text: string) => Pick<ClearFact, 'grade' | 'weakness'> | undefined
}

/** Each line that fits one of the rules, comments left out. */
function byLines(...rules: readonly LineRule[]): (text: string) => readonly DaemonFind[] {
  return (text) => {
    const finds: DaemonFind[] = []
    let offset = 0
    for (const line of text.split('\n')) {
      for (const { line: pattern, key, subject, readers, weak } of /^\s*[#;!]/.test(line) ? [] : rules) {
        const match = pattern.exec(line)
        const value = match?.groups?.secret
        if (!match || value === undefined || !isClear(value)) continue
        const user = match.groups?.user
        const setting = { section: '', key, value, offset: offset + line.lastIndexOf(value) }
        finds.push({
          subject,
          readers,
          setting,
          ...(user === undefined ? {} : { user }),
          ...(weak?.(line, text) ?? {}),
        })
        break
      }
      offset += line.length + 1
    }
    return finds
  }
}

const SNMPD = ['snmpd']
const HERE = /(?:^|[\s,"'])(?:127\.0\.0\.1|localhost|::1)(?:[\s,:/"']|$)/

function snmpReach(line: string, text: string): Pick<ClearFact, 'grade' | 'weakness'> | undefined {
  const addresses = /^\s*agent[aA]ddress\s+(.*)$/m.exec(text)?.[1]
  const away = addresses
    ?.split(/[,\s]+/)
    .some((one) => one !== '' && !/127\.0\.0\.1|localhost|\[?::1/.test(one))
  return HERE.test(line) || away === false ? { grade: 'low', weakness: 'loopback' } : undefined
}

const QUOTED = String.raw`["']?(?<secret>[^"'\s]+)["']?`

const FILES: readonly DaemonFile[] = [
  {
    path: /(?:^|\/)snmpd?(?:\.local)?\.conf$/,
    read: byLines(
      {
        subject: 'snmp',
        readers: SNMPD,
        key: 'community',
        weak: snmpReach,
        line: new RegExp(`^\\s*r[ow]community6?\\s+${QUOTED}`),
      },
      {
        subject: 'snmp',
        readers: SNMPD,
        key: 'com2sec',
        weak: snmpReach,
        line: new RegExp(`^\\s*com2sec6?\\s+(?:-Cn\\s+\\S+\\s+)?\\S+\\s+\\S+\\s+${QUOTED}`),
      },
      {
        subject: 'snmp',
        readers: SNMPD,
        key: 'createUser',
        weak: snmpReach,
        line: new RegExp(`^\\s*createUser\\s+(?<user>\\S+)\\s+(?:MD5|SHA\\S*)\\s+${QUOTED}`),
      },
      {
        subject: 'snmp',
        readers: SNMPD,
        key: 'trapcommunity',
        weak: snmpReach,
        line: new RegExp(`^\\s*(?:trapcommunity|trap2?sink\\s+\\S+)\\s+${QUOTED}`),
      },
    ),
  },
  { path: /(?:^|\/)etc\/config\/(?:mini_)?snmpd$/, read: uciSnmp },
  {
    path: /(?:^|\/)(?:chap|pap|l2tp|ppp)-secrets$|(?:^|\/)srp-secrets$/,
    read: byLines({
      subject: 'ppp',
      readers: ['pppd', 'xl2tpd', 'pptpd', 'accel-pppd'],
      key: 'secret',
      line: /^\s*(?:"(?=[^"]+")|'|)(?<user>[^\s"'#]+)["']?\s+\S+\s+["']?(?<secret>[^\s"']+)["']?(?:\s|$)/,
    }),
  },
  {
    path: /(?:^|\/)ipsec[^/]*\.secrets$|(?:^|\/)ipsec\.d\/[^/]+\.secrets$/,
    read: byLines({
      subject: 'vpn',
      readers: ['charon', 'pluto', 'ipsec', 'starter'],
      key: 'PSK',
      line: /^\s*(?<user>[^:]*?)\s*:\s*(?:PSK|EAP|XAUTH|NTLM|PIN)\s+["']?(?<secret>[^"'\s]+)["']?/,
    }),
  },
  {
    path: /(?:^|\/)racoon\/[^/]*psk[^/]*$|(?:^|\/)psk\.txt$/,
    read: byLines({
      subject: 'vpn',
      readers: ['racoon'],
      key: 'psk',
      line: /^\s*(?<user>[\w.:@*-]+)\s+(?<secret>\S+)\s*$/,
    }),
  },
  {
    path: /(?:^|\/)openvpn\/(?:.*\/)?[^/]*(?:auth|pass|login|cred|secret)[^/]*$/i,
    read: userPassFile,
  },
  {
    path: /(?:^|\/)(?:vpnc\/[^/]+|vpnc)\.conf$/,
    read: byLines({
      subject: 'vpn',
      readers: ['vpnc'],
      key: 'secret',
      line: /^\s*(?:IPSec secret|Xauth password)\s+(?<secret>\S+)\s*$/,
    }),
  },
  {
    path: /(?:^|\/)(?:wg|wireguard)[^/]*\.conf$|(?:^|\/)wireguard\/[^/]+\.conf$/,
    read: byLines({
      subject: 'vpn',
      readers: ['wg', 'wg-quick'],
      key: 'PresharedKey',
      line: /^\s*PresharedKey\s*=\s*(?<secret>[A-Za-z0-9+/]{43}=)\s*$/i,
    }),
  },
  {
    path: /(?:^|\/)raddb\/clients$|(?:^|\/)(?:hostapd\.)?radius_clients$/,
    read: byLines({
      subject: 'radius',
      readers: ['radiusd', 'hostapd'],
      key: 'secret',
      line: /^\s*(?<user>[\w.:/*-]+)\s+(?<secret>\S{3,})\s*$/,
    }),
  },
  {
    path: /(?:^|\/)pam_radius_auth\.conf$/,
    read: byLines({
      subject: 'radius',
      readers: [],
      key: 'secret',
      line: /^\s*(?<user>[\w.:[\]-]+)\s+(?<secret>\S{3,})\s+\d+(?:\s|$)/,
      weak: loopbackServer,
    }),
  },
  {
    path: /(?:^|\/)fstab$/,
    read: byLines({
      subject: 'file-sharing',
      readers: [],
      key: 'password',
      line: /^\s*\S+\s+\S+\s+(?:cifs|smbfs|davfs)\s+(?:\S*?\busername=(?<user>[^,\s]+),)?\S*?\bpass(?:word)?=(?<secret>[^,\s]+)/,
    }),
  },
  {
    path: /(?:^|\/)(?:passwd\.client|sasl_passwd)$/,
    read: byLines({
      subject: 'mail',
      readers: ['exim', 'exim4', 'postfix', 'master'],
      key: 'password',
      line: /^\s*(?:\[?[\w.*-]+\]?(?::\d+)?)[\s:]+(?<user>[^:\s]+):(?<secret>\S+)\s*$/,
    }),
  },
  {
    path: /(?:^|\/)\.netrc$|(?:^|\/)netrc$/,
    read: readNetrc,
  },
  {
    path: /(?:^|\/)\.pgpass$/,
    read: byLines({
      subject: 'database',
      readers: [],
      key: 'password',
      line: /^[^:#]*:[^:]*:[^:]*:(?<user>[^:]*):(?<secret>\S+)\s*$/,
    }),
  },
]

/** Words in pairs, over lines as their writer likes it. */
function readNetrc(text: string): readonly DaemonFind[] {
  const pattern = /\blogin\s{1,9}(?<user>\S{1,128})\s{1,9}password\s{1,9}(?<secret>\S{1,256})/g
  return [...text.replaceAll(/^[ \t]*#.*$/gm, (line) => ' '.repeat(line.length)).matchAll(pattern)].flatMap(
    (match) => {
      const { user = '', secret = '' } = match.groups ?? {}
      const offset = match.index + match[0].length - secret.length
      const setting = { section: '', key: 'password', value: secret, offset }
      return isClear(secret) ? [{ subject: 'remote-login', readers: [], user, setting } as const] : []
    },
  )
}

function loopbackServer(line: string): Pick<ClearFact, 'grade' | 'weakness'> | undefined {
  return HERE.test(line) ? { grade: 'low', weakness: 'loopback' } : undefined
}

function uciSnmp(text: string): readonly DaemonFind[] {
  const settings = readUci(text)
  const here = new Set(
    settings
      .filter(({ key, value }) => key === 'source' && /^(?:127\.0\.0\.1|localhost)$/.test(value))
      .map(({ group }) => group),
  )
  return settings.flatMap((setting): DaemonFind[] => {
    const { key, section, value } = setting
    if (
      !/^(?:community|read_community|write_community|rocommunity|rwcommunity|trapcommunity)$/.test(key) ||
      !isClear(value)
    )
      return []
    if (section.startsWith('access') || section.startsWith('group')) return []
    return [
      {
        subject: 'snmp',
        readers: ['snmpd', 'mini_snmpd'],
        setting,
        ...(here.has(setting.group) ? { grade: 'low', weakness: 'loopback' } : {}),
      },
    ]
  })
}

/** What `auth-user-pass` names: a user on the first line, a password on the second. */
function userPassFile(text: string): readonly DaemonFind[] {
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''))
  const [user = '', value = '', ...rest] = lines
  if (
    rest.some((line) => line !== '') ||
    !/^\S{1,64}$/.test(user) ||
    !/^\S{3,128}$/.test(value) ||
    !isClear(value)
  )
    return []
  if (/[=#{<]/.test(user)) return []
  const setting = { section: '', key: 'auth-user-pass', value, offset: (lines[0] as string).length + 1 }
  return [{ subject: 'vpn', readers: ['openvpn'], user, setting }]
}

/** Finds in files that have a shape of their own; undefined where the file is none of them. */
export function readDaemonFile(inner: string, text: string): readonly DaemonFind[] | undefined {
  const file = FILES.find(({ path }) => path.test(inner))
  return file?.read(text)
}

export const DAEMON_FILES: readonly RegExp[] = FILES.map(({ path }) => path)
