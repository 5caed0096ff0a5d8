import type { Artefact, Check, MapOut } from '../../contract.ts'
import { cases, provisions } from '../../drafts.ts'
import { CLEAR_NEEDS, concludeClear } from '../clear/conclude.ts'
import { configurationText, giveSetting } from '../clear/found.ts'
import { isLibrary, isNotInUse } from '../clear/paths.ts'
import { MOST_CONFIGURATION, readSettings, type Setting } from '../clear/settings/index.ts'
import { isKnownToken } from '../tokens/rules.ts'
import { wirelessCheck } from '../wireless/index.ts'
import { DAEMON_FILES, readDaemonFile } from './daemons.ts'
import { inferSecret } from './inferred.ts'

const ID = 'credentials.service-configurations'
const KIND = 'credential.configuration'
/** So many finds of one file are told. */
const MOST_FINDS = 200
const MOST_BESIDE = 2000

/** Places where the configurations of devices lie. */
const CONFIGURATIONS: readonly RegExp[] = [
  /(?:^|\/)etc\/(?!ssl\/|ca-certificates|fonts\/|terminfo\/|X11\/|init\.d\/|rc\w?\.d\/|alternatives\/|dbus-1\/|udev\/|ssh\/moduli)/,
  /\.(?:conf|cfg|config|ini|cnf|properties|env|toml|defaults?|uci|settings)$/i,
  /(?:^|\/)(?:config|configs|conf|settings|nvram|userdata|romfs|cfg|data|mnt)\/[^/]+\.(?:json|xml|ya?ml|lua|dat|txt)$/i,
  /(?:^|\/)[^/]*(?:config|conf|setting|default|credential|secret|account|wifi|mqtt|cloud|device)[^/]*\.(?:json|xml|ya?ml|dat)$/i,
  /(?:^|\/)(?:\.?(?:netrc|pgpass|my\.cnf|env))$/,
]
/** Files of other checks, and what is no configuration for all its name. */
const OTHERS = [
  ...(wirelessCheck.wants.paths ?? []),
  /(?:^|\/)(?:passwd|shadow|group|gshadow|subuid|subgid)-?$|nvram_?default|default_?nvram|\.nvram$|(?:^|\/)(?:package(?:-lock)?|composer|tsconfig|manifest|bower)\.json$|\.(?:so|ko|service|rules|desktop|js|py|pl|rb|sh|c|h)$|(?:^|\/)Kconfig|(?:^|\/)build\.prop$/,
]
/** A cheap look before anything is parsed. */
const WORTH = /pass|pwd|psk|secret|communit|key|token/i

export const serviceConfigurationsCheck: Check = {
  id: ID,
  version: 1,
  title: { en: 'Credentials in configurations', de: 'Zugangsdaten in Konfigurationen' },
  provisions: provisions(['5.1-1', '5.4-1', '5.4-3', '5.4-4']),
  cases: cases('5.1-1-1', '5.1-1-2', '5.4-1-1', '5.4-1-2', '5.4-3-1', '5.4-3-2', '5.4-4-1'),
  input: ['image'],
  canShow: {
    en: 'That a password, community, shared secret or key of a service stands in the clear in a configuration, and which service of the image reads it.',
    de: 'Dass ein Passwort, eine Community, ein gemeinsames Geheimnis oder ein Schlüssel eines Dienstes im Klartext in einer Konfiguration steht und welcher Dienst des Abbilds es liest.',
  },
  cannotShow: {
    en: 'What programs read from other places, and whether a value is replaced before a unit is used.',
    de: 'Was Programme von anderswo lesen und ob ein Wert ersetzt wird, bevor ein Gerät verwendet wird.',
  },
  states: [KIND],
  wants: { paths: [...CONFIGURATIONS, ...DAEMON_FILES] },
  needs: [...CLEAR_NEEDS],
  gives: ['credential.clear'],
  look,
  conclude: (facts, out) => concludeClear(ID, facts, out),
}

function look(artefact: Artefact, out: MapOut): void {
  const { inner } = artefact
  if (isNotInUse(artefact) || isLibrary(inner) || OTHERS.some((pattern) => pattern.test(inner))) return
  const text = configurationText(artefact, MOST_CONFIGURATION)
  if (text === undefined) return
  const lines = readDaemonFile(inner, text)
  for (const { setting, ...find } of lines ?? [])
    giveSetting(out, artefact, ID, setting, { kind: KIND, store: storeOf(inner), ...find })
  if (lines || !WORTH.test(text) || text.startsWith('#!')) return
  const settings = readSettings(inner, text)
  const groups = Map.groupBy(settings, ({ group }) => group)
  let finds = 0
  for (const setting of settings) {
    const beside = (groups.get(setting.group) ?? []).slice(0, MOST_BESIDE)
    const found = inferSecret(inner, setting, beside)
    if (!found || isKnownToken(setting.value)) continue
    if (++finds > MOST_FINDS) return
    giveSetting(out, artefact, ID, setting, {
      kind: KIND,
      store: storeOf(inner),
      ...found,
      ...reach(inner, setting, beside),
    })
  }
}

function storeOf(inner: string): 'file' | 'uci' {
  return /(?:^|\/)etc\/config\/[^/]+$/.test(inner) ? 'uci' : 'file'
}

const HERE = /^(?:127\.\d+\.\d+\.\d+|localhost|::1)$/

/** Settings beside it that make less of it. */
function reach(inner: string, { section }: Setting, beside: readonly Setting[]) {
  // What is asked for when keys are made, on whatever machine that happens.
  if (section === 'req') return { grade: 'low', weakness: 'reader-unknown' } as const
  const off = beside.some(
    ({ key, value }) =>
      (/^(?:enabled?|active)$/i.test(key) && /^(?:0|false|no|off)$/i.test(value)) ||
      (/^disabled?$/i.test(key) && /^(?:1|true|yes|on)$/i.test(value)),
  )
  if (off) return { grade: 'low', weakness: 'switched-off' } as const
  if (/(?:^|\/)usr\/(?:local\/)?(?:share|lib)\//.test(inner))
    return { grade: 'low', weakness: 'package-default' } as const
  const addresses = beside.filter(({ key }) =>
    /^(?:ipaddr|ipv[46]addr|host(?:name)?|server|address|listen|bind(?:_?address)?)$/i.test(key),
  )
  if (addresses.length > 0 && addresses.every(({ value }) => HERE.test(value)))
    return { grade: 'low', weakness: 'loopback' } as const
  return {}
}
