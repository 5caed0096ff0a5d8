import type { EvidenceDraft, Facts, ReduceOut, Settings } from '../../contract.ts'
import { loaderEvidence, mismatchEvidence, rollbackEvidence, unsignedEvidence } from './content-evidence.ts'
import { type Context, contextOf, type Image } from './keys.ts'
import { blockEvidence, cutEvidence, v1Evidence } from './signature-evidence.ts'
import { tableEvidence } from './table-evidence.ts'

/** Reduce: relates images, boot loaders and keys of one release. */
export function concludeEsp(facts: Facts, out: ReduceOut, settings: Settings): void {
  const context = contextOf(facts, settings)
  const drafts = [
    ...context.images.flatMap((image) => imageEvidence(image, context)),
    ...facts.of('boot.esp.table').flatMap((table) => tableEvidence(table, context.images)),
  ]
  for (const draft of drafts) out.evidence(draft)
}

function imageEvidence(image: Image, context: Context): readonly EvidenceDraft[] {
  const { data } = image
  const about = [...loaderEvidence(image), ...rollbackEvidence(image)]
  if (data.cut) return [cutEvidence(image), ...about]
  const signed = [
    ...data.blocks.flatMap((block) => blockEvidence(image, block, context)),
    ...v1Evidence(image, context),
  ]
  const unsigned = signed.length === 0 ? [unsignedEvidence(image, context)] : []
  return [...signed, ...unsigned, ...mismatchEvidence(image), ...about]
}
