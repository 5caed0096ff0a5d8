import type { Fact, Facts, ReduceOut, Settings } from '../../contract.ts'
import { loaderEvidence, mismatchEvidence, rollbackEvidence, unsignedEvidence } from './content-evidence.ts'
import { type Context, contextOf, type Image } from './keys.ts'
import { giveEncryptedLink, giveLink, type Linked } from './links.ts'
import { blockEvidence, cutEvidence, type Stated, v1Evidence } from './signature-evidence.ts'
import { encryptedEvidence, isApplication, opaqueRows, partitionsEvidence } from './table-evidence.ts'

/** Bytes that a table has. */
const TABLE = 0xc00

/** Reduce: relates images, boot loaders and keys of one release. */
export function concludeEsp(facts: Facts, out: ReduceOut, settings: Settings): void {
  const context = contextOf(facts, settings)
  for (const image of context.images) concludeImage(image, context, out)
  for (const table of [...facts.of('boot.esp.table'), ...openedTables(facts, out)]) {
    const opened = facts.of('boot.esp.opened').find(({ place }) => place.root === table.place.path)
    out.evidence(partitionsEvidence(table, opened))
    // With a key, the unpacker shows what lies inside.
    for (const row of opened ? [] : opaqueRows(table)) {
      const draft = encryptedEvidence(row, table.place)
      out.evidence(draft)
      if (isApplication(row)) giveEncryptedLink(out, draft, row)
    }
  }
}

/** The tables that only a key could read: told as if they lay there in the clear. */
function openedTables(facts: Facts, out: ReduceOut): readonly Fact<'boot.esp.table'>[] {
  return facts.of('boot.esp.encrypted-flash').flatMap((flash) => {
    const opened = facts.of('boot.esp.opened').find(({ place }) => place.root === flash.place.path)
    if (!opened?.data.tableEncrypted) return []
    const { tableAt, rows, md5 } = opened.data
    const place = { ...flash.place, offset: tableAt, length: TABLE }
    const data = { rows, md5 }
    out.fact('boot.esp.table', place, data)
    return [{ kind: 'boot.esp.table', place, data }] as const
  })
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
