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
  if (!isInPlace(artefact)) return
  const config = parseKernelConfig(artefact.text())
  if (!config) return
  for (const area of areasOf(config)) out.evidence(evidenceOf(artefact, config, area))
  out.fact('boot.linux.config', placeOf(artefact), factOf(config))
}

/** Where kernels are told about: beside them, with their modules, or in themselves. */
export const PATHS: readonly RegExp[] = [
  /(?:^|\/)(?:config-\d[^/]*|kernel-?config[^/]*|\.config)$/,
  /(?:^|\/)modules\/[^/]+\/config$/,
]
/** Stands in the first lines; what a kernel carries has no name of its own. */
export const SENTENCE = 'Kernel Configuration'
/** A kernel carries a gzip stream: the text is what that holds. */
const WITHIN_KERNEL = /:ikconfig\/config@0x0:gzip$/

function isInPlace({ inner, root, type }: Artefact): boolean {
  return type === 'file' && (WITHIN_KERNEL.test(root) || PATHS.some((path) => path.test(inner)))
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
      repeat: WITHIN_KERNEL.test(artefact.root)
        ? 'scripts/extract-ikconfig KERNEL | grep CONFIG_'
        : 'grep CONFIG_ FILE',
    },
    // What a kernel was built for says little about what a unit runs: it never decides alone.
    confidence: { grade: overturnedBy ? 'low' : 'medium', reason },
    ...(overturnedBy ? { overturnedBy } : {}),
  }
}
