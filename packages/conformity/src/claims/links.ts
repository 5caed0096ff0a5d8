import type { Evidence, Json } from '@messlatte/model'

/** Something that was observed, under all names by which a supplier may have declared it. */
export interface Observed {
  /** As it is told to people. */
  readonly name: string
  /** Words of which one in an entry declares it; compared whole, whatever the case of their letters. */
  readonly words: readonly string[]
}

/** How kinds of evidence stand to IXIT tables. */
export interface EvidenceLink {
  /** Kinds begin so. */
  readonly kinds: readonly string[]
  /** Numbers of the tables in which such things are declared. */
  readonly tables: readonly number[]
  /**
   * `declared`: the table must list each such thing, so that one that is missing was never declared. `about`: the evidence tells
   * about every entry of the table.
   */
  readonly by: 'declared' | 'about'
  readonly observed: (evidence: Evidence) => readonly Observed[]
  /** Fields of an entry that say that the thing is off, where observing it running contradicts that. */
  readonly runs?: boolean
}

export const LINKS: readonly EvidenceLink[] = [
  { kinds: ['boot.'], tables: [20], by: 'about', observed: () => [] },
  {
    kinds: ['service.network.listening', 'service.shell.network'],
    tables: [13, 15, 28],
    by: 'declared',
    observed: ({ observation }) => commandsOf(observation).flatMap(programOf),
    runs: true,
  },
  {
    kinds: ['service.shell.console', 'service.console.kernel', 'service.debug.interface'],
    tables: [15],
    by: 'declared',
    observed: ({ observation, kind }) => {
      const [terminal] = textsAt(observation, ['terminal'])
      const words = ['uart', 'serial', 'console', 'debug', 'jtag', 'swd']
      return [{ name: terminal ?? kind, words: terminal === undefined ? words : [terminal, ...words] }]
    },
  },
  {
    kinds: ['account.password.', 'account.service.'],
    tables: [1],
    by: 'declared',
    observed: ({ observation, kind }) =>
      /\.(?:locked|sample)$/.test(kind)
        ? []
        : textsAt(observation, ['user']).map((user) => ({ name: user, words: [user] })),
  },
  {
    kinds: ['key.private', 'credential.key-file', 'credential.token'],
    tables: [10],
    by: 'declared',
    observed: ({ path, observation }) => {
      const file = path.slice(path.lastIndexOf('/') + 1)
      const digests = textsAt(observation, ['spkiSha256', 'publicKeySha256'])
      return [{ name: file, words: [file, ...digests, ...digests.map((one) => one.slice(0, 16))] }]
    },
  },
  {
    kinds: ['update.transport.plain-http', 'update.fetch-and-execute', 'update.part.source'],
    tables: [7],
    by: 'declared',
    observed: ({ observation }) =>
      [...new Set(textsAt(observation, ['url', 'source', 'server']).flatMap(hostOf))].map((host) => ({
        name: host,
        words: [host],
      })),
  },
  {
    kinds: ['update.client'],
    tables: [7],
    by: 'declared',
    observed: ({ observation }) =>
      textsAt(observation, ['client']).map((client) => ({ name: client, words: [client] })),
  },
]

/** What programs are called in a supplier's tables: by the protocol that they speak. */
const SPEAKS: readonly (readonly [program: RegExp, words: readonly string[]])[] = [
  [/^(?:dropbear|sshd)$/, ['ssh']],
  [/telnetd$/, ['telnet']],
  [
    /^(?:lighttpd|uhttpd|httpd|nginx|boa|goahead|thttpd|mini_httpd|webs)$/,
    ['http', 'https', 'web', 'web-ui', 'webui'],
  ],
  [/^mosquitto$/, ['mqtt']],
  [/^dnsmasq$/, ['dns', 'dhcp']],
  [/^(?:udhcpd|odhcpd|dhcpd)$/, ['dhcp']],
  [/^(?:ntpd|chronyd)$/, ['ntp']],
  [/^(?:miniupnpd|minissdpd|upnpd)$/, ['upnp', 'ssdp']],
  [/^(?:smbd|nmbd|ksmbd)/, ['smb', 'samba']],
  [/ftpd$/, ['ftp']],
  [/^snmpd$/, ['snmp']],
  [/^avahi-daemon$/, ['mdns', 'zeroconf']],
  [/^(?:hostapd|wpa_supplicant)$/, ['wi-fi', 'wifi', 'wlan', 'hotspot']],
]

const MOST_TEXTS = 50

function commandsOf(observation: Json): readonly string[] {
  return textsAt(observation, ['command', 'service'])
}

/** The program that a command line starts. */
function programOf(command: string): readonly Observed[] {
  const [first = ''] = command.trim().split(/\s+/)
  const name = first.slice(first.lastIndexOf('/') + 1)
  if (name === '') return []
  return [
    {
      name,
      words: [name, ...SPEAKS.filter(([program]) => program.test(name)).flatMap(([, words]) => words)],
    },
  ]
}

function hostOf(address: string): readonly string[] {
  const host = /^[a-z][a-z0-9+.-]*:\/\/(?:[^/@\s]*@)?([A-Za-z0-9.-]+)/i.exec(address)?.[1]
  return host === undefined ? [] : [host.toLowerCase()]
}

/** Texts that stand under some keys, wherever in an observation. */
function textsAt(value: Json, keys: readonly string[]): readonly string[] {
  const found: string[] = []
  const walk = (one: Json): void => {
    if (found.length >= MOST_TEXTS || one === null || typeof one !== 'object') return
    if (Array.isArray(one)) {
      for (const item of one) walk(item)
      return
    }
    for (const [key, member] of Object.entries(one)) {
      if (typeof member === 'string' && keys.includes(key)) found.push(member)
      else walk(member)
    }
  }
  walk(value)
  return found
}
