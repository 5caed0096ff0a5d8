import type { Fact, Facts } from '../contract.ts'
import '../services/boot/facts.ts'
import { RANDOM } from './clear/generated.ts'
import { isNotInUse } from './clear/paths.ts'

/** A command of a script that sets a password or key to something made on the device. */
export interface MadeSecret {
  readonly place: Fact['place']
  /** Counted from 1. */
  readonly line: number
  /** `identity`: out of an address or number that the device tells anyone or has on its label. */
  readonly from: 'identity' | 'random'
  readonly target:
    | { readonly store: 'account'; readonly name: string }
    | { readonly store: 'nvram' | 'uci'; readonly name: string }
}

type Origin = MadeSecret['from']
type BootFile = Fact<'boot.file'>

const STARTUP =
  /^(?:etc\/(?:init\.d|rc\w?\.d|rc\.d\/\w{1,10}|uci-defaults|local\.d|cont-init\.d)\/[^/]+|etc\/(?:rc|rcS|rc\.local|rc\.sysinit|init\.d\/rcS)|s?bin\/init|init)$/

const MOST_LINES = 5000
const MOST_LINE = 1024
const SETS = /\bchpasswd\b|\bpasswd\b|\busermod\b|\buci\b|\bnvram\b/
const ASSIGNMENT =
  /(?:^|[;&{(]|\bthen\b|\bdo\b|\belse\b)[ \t]*(?:(?:local|export|readonly)[ \t]+)?([A-Za-z_]\w{0,63})=(.*)$/
/** Addresses and numbers of the unit, where scripts read them. */
const IDENTITY =
  /\/sys\/class\/net\/[^\s/]{1,40}\/address|\/(?:proc\/device-tree|sys\/firmware\/devicetree\/base)\/serial-number|\/sys\/class\/dmi\/id\/\w{1,20}_serial|\bfw_printenv\b[^;|)]{0,80}\b(?:eth\d?addr|wlanaddr|serial(?:no|num|_?number|#)?)|\bnvram[ \t]+get[ \t]+["']?\w{0,40}(?:mac(?:addr)?|hwaddr|serial(?:no|num|_?number)?)\b|\/proc\/cmdline[^;]{0,80}serialno|\bSerial\b[^;]{0,80}\/proc\/cpuinfo|\/proc\/cpuinfo[^;]{0,80}\bSerial\b|\bHWaddr\b|\blink\/ether\b|\bmtd_get_mac\w*|\bget_mac\w*/
const SECRET_NAME =
  /(?:^|[._-])(?:key|psk|wpa_?psk|pin|\w{0,30}(?:passw(?:or)?d|passphrase|_pwd|_psk|_key1?))$/i
const CACHE = new WeakMap<Facts, readonly MadeSecret[]>()

/** What the boot’s scripts set to made secrets, in order. */
export function madeSecrets(facts: Facts): readonly MadeSecret[] {
  const found = CACHE.get(facts) ?? madeIn(facts.of('boot.file'))
  CACHE.set(facts, found)
  return found
}

/** Of scripts in the folders of the boot, and of those that another file of the boot names by their whole path. */
function madeIn(files: readonly BootFile[]): readonly MadeSecret[] {
  return files.flatMap((file) => {
    const { root, inner, path } = file.place
    const made = isNotInUse({ path }) ? [] : secretsOf(file)
    if (made.length === 0 || STARTUP.test(inner)) return made
    const named = files.some(
      ({ place, data }) =>
        place.root === root && place.inner !== inner && !isNotInUse(place) && data.text.includes(`/${inner}`),
    )
    return named ? made : []
  })
}

function secretsOf({ place, data: { text } }: BootFile): readonly MadeSecret[] {
  if (!SETS.test(text) || !(RANDOM.test(text) || IDENTITY.test(text))) return []
  const variables = new Map<string, Origin>()
  const made: MadeSecret[] = []
  let here = false
  const lines = text.split('\n', MOST_LINES)
  for (const [at, line] of lines.entries()) {
    if (line.length > MOST_LINE || /^\s*#/.test(line)) continue
    for (const { target, value } of settingsOf(line, here)) {
      const from = originOf(value, variables)
      if (from) made.push({ place, line: at + 1, from, target })
    }
    here = /\bchpasswd\b[^|;]{0,40}<</.test(line) || (here && /^[ \t]*[\w.-]+:/.test(line))
    const assigned = ASSIGNMENT.exec(line)
    if (!assigned) continue
    const [, name = '', value = ''] = assigned
    const from = originOf(value, variables)
    if (from) variables.set(name, from)
    else variables.delete(name)
  }
  return made
}

/** Random wins: what has both in it cannot be worked out from the address. */
function originOf(value: string, variables: ReadonlyMap<string, Origin>): Origin | undefined {
  const used = [...value.matchAll(/\$\{?([A-Za-z_]\w{0,63})/g)].map(([, name = '']) => variables.get(name))
  if (RANDOM.test(value) || used.includes('random')) return 'random'
  return IDENTITY.test(value) || used.includes('identity') ? 'identity' : undefined
}

interface Setting {
  readonly target: MadeSecret['target']
  readonly value: string
}

function settingsOf(line: string, here: boolean): readonly Setting[] {
  const account = accountOf(line, here)
  const settings: Setting[] = account
    ? [{ target: { store: 'account', name: account.user }, value: account.value }]
    : []
  const uci = /\buci\b[^\n;|&]{0,40}?\bset[ \t]+["']?([\w-]+\.[\w$@{}[\]-]+\.[\w-]+)=(.*)$/.exec(line)
  const nvram = /\bnvram[ \t]+set[ \t]+["']?([\w.:-]+)=(.*)$/.exec(line)
  for (const [store, match] of [
    ['uci', uci],
    ['nvram', nvram],
  ] as const) {
    const [, name = '', value = ''] = match ?? []
    if (SECRET_NAME.test(name)) settings.push({ target: { store, name }, value })
  }
  return settings
}

/** A line that sets the password of an account of the system. */
function accountOf(
  line: string,
  here: boolean,
): { readonly user: string; readonly value: string } | undefined {
  const lines =
    /\b(?:echo|printf)\b(?:[ \t]+-\w+)*[ \t]+["']?([a-z_][\w.-]{0,31}):(.+)\|[ \t]*(?:\/usr)?(?:\/s?bin\/)?(?:busybox[ \t]+)?chpasswd\b/.exec(
      line,
    ) ?? (here ? /^[ \t]*([a-z_][\w.-]{0,31}):(.+)$/.exec(line) : null)
  if (lines) return { user: lines[1] as string, value: lines[2] as string }
  const passwd =
    /\b(?:echo|printf)\b(.+)\|[ \t]*(?:\/usr)?(?:\/s?bin\/)?(?:busybox[ \t]+)?passwd\b([^|;&<>]{0,80})/.exec(
      line,
    )
  if (passwd) {
    const user = (passwd[2] ?? '')
      .trim()
      .split(/\s+/)
      .find((word) => /^[a-z_][\w.-]{0,31}$/.test(word))
    return { user: user ?? 'root', value: passwd[1] as string }
  }
  const usermod = /\busermod[ \t]+(?:-p|--password)[ \t]+(.+)[ \t]["']?([a-z_][\w.-]{0,31})["']?[ \t]*$/.exec(
    line,
  )
  return usermod ? { user: usermod[2] as string, value: usermod[1] as string } : undefined
}
