import {
  encodeText,
  fdtIsDisabled,
  fdtNodes,
  fdtProperty,
  fdtStrings,
  gptIdentities,
  readFdt,
} from '@messlatte/unpack'
import type { Artefact, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import './facts.ts'
import { giveNeutral } from '../mechanism/give.ts'
import { COUNTED_ENTRY, FW_ENV, GRUB, lookAtFile, SYSTEMD } from './files.ts'
import * as say from './say.ts'
import { pairsOf, recoveryOf } from './slots.ts'

export const WATCHDOG_DEVICE = '/dev/watchdog'
/** What the unpacker shows of a stored environment that has a second copy. */
export const REDUNDANT = /^environment\.json$/
export const FILES: readonly RegExp[] = [FW_ENV, SYSTEMD, GRUB, COUNTED_ENTRY, REDUNDANT]

const MOST_NODES = 20_000
const MOST_NAMES = 256
const WATCHDOG_NODE = /^(?:watchdog|wdt|wdog)\d*(?:@|$)/i
/** Not those that only ask a watchdog how it is. */
const PROGRAM = /(?:^|\/)s?bin\/(?!wdctl$)[^/]+$/

/** Map: what one artefact alone tells of how an update is installed, and what the reduce phase relates. */
export function lookAtInstall(artefact: Artefact, out: MapOut): void {
  const { format, inner, root, type } = artefact
  if (format === 'fdt') lookAtTree(artefact, out)
  else if (format === 'gpt') lookAtDisk(artefact, out)
  else if (REDUNDANT.test(inner)) {
    if (root.endsWith(':uboot-env')) giveCopy(artefact, out)
  } else if (FILES.some((pattern) => pattern.test(inner))) lookAtFile(artefact, out)
  else if (type === 'file' && format === 'elf' && PROGRAM.test(inner)) {
    const at = artefact.hits.find(({ literal }) => literal === WATCHDOG_DEVICE)
    if (at)
      out.fact('update.watchdog.program', placeOf(artefact, at.offset, WATCHDOG_DEVICE.length), {
        program: `/${inner}`,
      })
  }
}

function giveCopy(artefact: Artefact, out: MapOut): void {
  giveNeutral(out, placeOf(artefact), {
    part: { id: 'install', method: 'redundant-environment', names: [] },
    statement: say.REDUNDANT_COPY,
    confidence: say.VARIABLES,
    how: 'boot-loader',
    observation: { repeat: 'fw_printenv with both copies in fw_env.config' },
  })
}

function lookAtDisk(artefact: Artefact, out: MapOut): void {
  if (artefact.type !== 'region') return
  const names = gptIdentities(artefact.bytes, 0)
    .slice(0, MOST_NAMES)
    .map(({ name }) => encodeText(name))
  // The digest of a whole disk is computed for these alone.
  if (pairsOf(names).length > 0 || recoveryOf(names).length > 0)
    out.fact('update.disk', placeOf(artefact), { names })
}

function lookAtTree(artefact: Artefact, out: MapOut): void {
  const tree = readFdt(artefact.bytes, 0)
  if (!tree) return
  const nodes = [...fdtNodes(tree, MOST_NODES)]
  const watchdog = nodes.find((node) => WATCHDOG_NODE.test(node.name) && !fdtIsDisabled(tree, node))
  const place = placeOf(artefact, 0, 0)
  if (watchdog) out.fact('update.watchdog.node', place, { node: encodeText(watchdog.path) })
  const state = nodes.find((node) => {
    const compatible = fdtProperty(node, 'compatible')
    return compatible !== undefined && fdtStrings(tree, compatible)?.includes('barebox,state')
  })
  if (state) out.fact('update.barebox-state', place, { node: encodeText(state.path) })
}
