import { encodeText } from '@messlatte/unpack'
import type { Artefact, EvidenceDraft, MapOut } from '../../contract.ts'
import { cases, placeOf, provisions } from '../../drafts.ts'
import { type Area, areasOf, forcesModules } from './areas.ts'
import { type KernelConfig, parseKernelConfig } from './parse.ts'
import { OVERTURNS, SAYINGS } from './say.ts'

const CHAIN = { provisions: provisions(['5.7-1']), cases: cases('5.7-1-1', '5.7-1-2') } as const
const INTERFACES = { provisions: provisions(['5.6-4'], ['5.6-4A']), cases: cases('5.6-4-2') } as const

/** Map: one configuration, matter by matter. */
export function lookAtKernelConfig(artefact: Artefact, out: MapOut): void {
  if (isOfOtherFormat(artefact)) return
  const config = parseKernelConfig(artefact.text())
  if (!config) return
  for (const area of areasOf(config)) out.evidence(evidenceOf(artefact, config, area))
  out.fact('boot.linux.config', placeOf(artefact), factOf(config))
}

/** `config` is a usual name: within the container of a kernel's configuration it is the right one. */
function isOfOtherFormat({ inner, root }: Artefact): boolean {
  return inner === 'config' && !root.endsWith(':ikconfig')
}

function factOf(config: KernelConfig) {
  const { version, values } = config
  const commandLine = values.get('CMDLINE')
  const used = values.get('CMDLINE_BOOL') !== 'n' && commandLine !== undefined && commandLine !== ''
  return {
    version,
    forcesModules: forcesModules(config),
    verifiesModules: values.get('MODULE_SIG') === 'y',
    commandLine: used ? commandLine : undefined,
    commandLineForced: values.get('CMDLINE_FORCE') === 'y' || values.get('CMDLINE_OVERRIDE') === 'y',
  }
}

function evidenceOf(artefact: Artefact, { version }: KernelConfig, one: Area): EvidenceDraft {
  const { area, state, options } = one
  const { title, reason } = SAYINGS[state]
  const overturnedBy = OVERTURNS[state]
  return {
    ...(area === 'debug' ? INTERFACES : CHAIN),
    kind: `boot.linux.${area}`,
    polarity: overturnedBy ? 'against' : 'neutral',
    place: placeOf(artefact),
    title,
    observation: {
      kernel: encodeText(version),
      options: Object.fromEntries(
        Object.entries(options).map(([name, value]) => [`CONFIG_${name}`, encodeText(value)]),
      ),
      repeat: artefact.root.endsWith(':ikconfig')
        ? 'scripts/extract-ikconfig KERNEL | grep CONFIG_'
        : 'grep CONFIG_ FILE',
    },
    // What a kernel was built for says little about what a unit runs: it never decides alone.
    confidence: { grade: overturnedBy ? 'low' : 'medium', reason },
    ...(overturnedBy ? { overturnedBy } : {}),
  }
}
