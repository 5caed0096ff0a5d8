import type { Facts, ReduceOut, Settings } from '../../contract.ts'
import { loaderEvidence, mismatchEvidence, rollbackEvidence, unsignedEvidence } from './content-evidence.ts'
import { type Context, contextOf, type Image } from './keys.ts'
import { giveEncryptedLink, giveLink, type Linked } from './links.ts'
import { blockEvidence, cutEvidence, type Stated, v1Evidence } from './signature-evidence.ts'
import { encryptedEvidence, opaqueRows, partitionsEvidence } from './table-evidence.ts'

/** Reduce: relates images, boot loaders and keys of one release. */
export function concludeEsp(facts: Facts, out: ReduceOut, settings: Settings): void {
  const context = contextOf(facts, settings)
  for (const image of context.images) concludeImage(image, context, out)
  for (const table of facts.of('boot.esp.table')) {
    out.evidence(partitionsEvidence(table))
    for (const row of opaqueRows(table, context.images)) {
      const draft = encryptedEvidence(row, table.place)
      out.evidence(draft)
      giveEncryptedLink(out, draft, row)
    }
  }
}

function concludeImage(image: Image, context: Context, out: ReduceOut): void {
  for (const { link, more } of statedOf(image, context)) {
    for (const draft of [link.draft, ...more]) out.evidence(draft)
    giveLink(out, link, context)
  }
  const mismatch = image.data.cut ? [] : mismatchEvidence(image)
  for (const draft of [...mismatch, ...loaderEvidence(image), ...rollbackEvidence(image)]) out.evidence(draft)
}

function statedOf(image: Image, context: Context): readonly Stated[] {
  const { data } = image
  const bare = { scheme: 'esp-image', image, keys: [] } as const
  if (data.cut) return [{ link: { ...bare, draft: cutEvidence(image), demand: { by: 'unknown' } }, more: [] }]
  const signed = [
    ...data.blocks.map((block) => blockEvidence(image, block, context)),
    ...v1Evidence(image, context),
  ]
  return signed.length > 0 ? signed : [{ link: unsignedLink(image, context), more: [] }]
}

/** The chip keeps a digest of the boot loader of version 1; nothing but the chip can compare it. */
function unsignedLink(image: Image, context: Context): Linked {
  const draft = unsignedEvidence(image, context)
  const bare = { draft, image, keys: [] } as const
  return draft.polarity === 'neutral'
    ? { ...bare, scheme: 'esp-secure-boot-1', demand: { by: 'hardware' } }
    : { ...bare, scheme: 'esp-image', demand: { by: 'unknown' } }
}
