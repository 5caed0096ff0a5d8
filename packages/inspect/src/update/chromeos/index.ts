import type { Artefact, Check, MapOut } from '../../contract.ts'
import { placeOf } from '../../drafts.ts'
import { UPDATE_CASES, UPDATE_PROVISIONS } from '../package/evidence.ts'
import { kindsOf } from '../package/scheme.ts'
import { concludeChromeos } from './conclude.ts'
import { CHROMEOS } from './scheme.ts'
import { MAGIC, packedKey, parseKernel } from './vboot.ts'

export const chromeosCheck: Check = {
  id: 'update.chromeos',
  version: 1,
  title: { en: 'Signatures of ChromeOS kernels', de: 'Signaturen von ChromeOS-Kernels' },
  provisions: UPDATE_PROVISIONS,
  cases: UPDATE_CASES,
  input: ['image'],
  canShow: {
    en: 'Whether block, preamble and kernel of a kernel partition verify, down from a key of the release or of the user.',
    de: 'Ob Block, Präambel und Kernel einer Kernel-Partition stimmen, ausgehend von einem Schlüssel der Firmware oder einem vertrauten.',
  },
  cannotShow: {
    en: 'Which key the firmware of a unit has, and that it is not in developer mode.',
    de: 'Welchen Schlüssel die Firmware eines Geräts hat und dass es nicht im Entwicklermodus ist.',
  },
  states: kindsOf(CHROMEOS.name).filter((kind) => !/\.(?:revoked|uncovered)$/.test(kind)),
  // Names of partitions, and of files in the open.
  wants: { paths: [/^[^/]+$/, /\.vbpubk$/], unrecognised: true },
  needs: ['key.private', 'key.public', 'update.anchor', 'update.client'],
  gives: ['update.chromeos.kernel', 'update.chromeos.key', 'chain.link'],
  look,
  conclude: concludeChromeos,
}

const MOST_KEY_FILE = 8192

function look(artefact: Artefact, out: MapOut): void {
  const { bytes, name } = artefact
  if (name.endsWith('.vbpubk')) {
    const key = bytes.size <= MOST_KEY_FILE ? packedKey(bytes, 0) : undefined
    if (key) out.fact('update.chromeos.key', placeOf(artefact), key)
    return
  }
  if (bytes.size < MAGIC.length || Buffer.from(bytes.view(0, MAGIC.length)).toString('latin1') !== MAGIC)
    return
  const kernel = parseKernel(bytes)
  if (!kernel) return
  out.pin(artefact)
  out.fact('update.chromeos.kernel', placeOf(artefact), kernel)
}
