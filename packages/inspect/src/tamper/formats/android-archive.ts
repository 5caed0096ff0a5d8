import { type Bytes, Reader, sliceBytes } from '@messlatte/bytes'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { both, DONE } from '../say.ts'
import { resignCms, valueInCms } from '../signing/cms.ts'
import { olderVersion, otherName } from '../values.ts'
import { unsigned } from './numbers.ts'
import { payloadAnatomy } from './payload.ts'
import { slugsOf } from './slugs.ts'
import { contentIn, insideZip, mendZip, replaceInZip, type ZipPart, zipArchive } from './zip.ts'

/** AOSP, recovery's verifier: the last six bytes tell where the signature begins, and how long the comment is. */
const FOOTER = 6
const MARK = 0xffff
const METADATA = 'META-INF/com/android/metadata'
const PAYLOAD = 'payload.bin'
const MOST_PARTS = 40

interface Comment {
  /** Length of the comment, and where the CMS structure lies. */
  readonly length: number
  readonly at: number
  readonly size: number
}

/** Archives of Android's updates: signed as a whole in their comment, with a payload that has signatures of its own. */
export function androidArchiveAnatomy(bytes: Bytes): Anatomy | undefined {
  const archive = zipArchive(bytes)
  if (!archive) return undefined
  const comment = commentOf(bytes)
  const payload = archive.parts.find(({ name, method }) => name === PAYLOAD && method === 0)
  if (!comment && !payload && !archive.parts.some(({ name }) => name === METADATA)) return undefined
  const inner = payload && payloadAnatomy(sliceBytes(bytes, payload.at, payload.length))
  return {
    format: 'android-ota',
    signed: comment || inner?.signed === 'yes' ? 'yes' : 'no',
    parts: [
      ...partsOf(bytes, archive.parts, comment, inner ? payload : undefined),
      ...(inner && payload ? innerParts(inner, payload) : []),
      ...(comment
        ? [
            {
              name: 'comment-signature',
              title: text('signature in the comment', 'Signatur im Kommentar'),
              at: comment.at,
              length: comment.size,
              cover: 'signature',
              ...flipIn(bytes.view(comment.at, comment.size)),
            } as const,
          ]
        : []),
    ],
    sums: { title: text('CRC-32 sums of the archive', 'CRC-32-Summen des Archivs'), mend: mendZip },
    forgeries: [
      ...(comment ? ofComment(bytes, comment) : []),
      ...(inner && payload ? innerForgeries(bytes, inner, payload) : []),
      ...ofMetadata(bytes, archive.parts),
    ],
    limits: inner?.limits ?? [],
  }
}

/** A certificate beside it is looked at by nobody. */
function flipIn(cms: Uint8Array): Pick<Part, 'flipAt'> {
  const flipAt = valueInCms(cms)
  return flipAt === undefined ? {} : { flipAt }
}

function commentOf(bytes: Bytes): Comment | undefined {
  const footer = new Reader(bytes.view(bytes.size - FOOTER, FOOTER), 'little')
  const [start, mark, length] = [footer.u16(), footer.u16(), footer.u16()]
  if (mark !== MARK || start <= FOOTER || start > length || length + FOOTER > bytes.size) return undefined
  return { length, at: bytes.size - start, size: start - FOOTER }
}

function partsOf(
  bytes: Bytes,
  parts: readonly ZipPart[],
  comment: Comment | undefined,
  payload: ZipPart | undefined,
): readonly Part[] {
  const cover = comment ? 'signed' : 'unsigned'
  const slugs = slugsOf(parts.map(({ name }) => name))
  return parts.slice(0, MOST_PARTS).flatMap((part, index): readonly Part[] => {
    if (part === payload || part.length === 0) return []
    const plain: Part = {
      name: slugs[index] as string,
      title: text(part.name, part.name),
      at: part.at,
      length: part.length,
      cover,
    }
    return part.method === 0 ? [plain] : [{ ...plain, flipped: () => flippedInside(bytes, part) }]
  })
}

function flippedInside(bytes: Bytes, part: ZipPart): Rope {
  const content = contentIn(bytes, part)
  const middle = Math.floor(content.length / 2)
  content[middle] = (content[middle] ?? 0) ^ 1
  return replaceInZip(Rope.of(bytes), part.name, content)
}

function innerParts({ parts }: Anatomy, { at }: ZipPart): readonly Part[] {
  return parts.map((one) => ({ ...one, name: `payload-${one.name}`, at: at + one.at }))
}

function innerForgeries(bytes: Bytes, { forgeries }: Anatomy, { at }: ZipPart): readonly Forgery[] {
  return forgeries.map((one) => ({
    ...one,
    variant: one.variant === undefined ? 'payload' : `payload-${one.variant}`,
    title: both(one.title, text('This is in payload.bin.', 'Das ist in payload.bin.')),
    make: (hands) => insideZip(Rope.of(bytes), at, one.make({ ...hands, own: undefined }).changes()),
  }))
}

/** All before the length of the comment is signed; the comment is some text, the structure, and the footer. */
function ofComment(bytes: Bytes, comment: Comment): readonly Forgery[] {
  return [
    {
      kind: 'stripped-signature',
      title: text(
        'The comment with the signature is taken out.',
        'Der Kommentar mit der Signatur ist entfernt.',
      ),
      make: () =>
        Rope.of(bytes)
          .cut(bytes.size - comment.length)
          .write(bytes.size - comment.length - 2, Buffer.alloc(2)),
    },
    {
      kind: 'foreign-key',
      title: DONE.foreignKey,
      make: (hands) => withComment(Rope.of(bytes), comment, 'foreign', hands),
    },
  ]
}

function withComment(rope: Rope, { length, at, size }: Comment, who: 'foreign' | 'own', hands: Hands): Rope {
  const moved = rope.size - rope.source.size
  const cms = rope.source.view(at, size)
  const signed = resignCms(cms, { beside: rope.cut(rope.size - length - 2) }, who, hands)
  const comment = length - size + signed.length
  if (comment > 0xffff)
    throw new NotMade(
      text('The signature is too large for a comment.', 'Die Signatur ist für einen Kommentar zu groß.'),
    )
  const footer = Buffer.concat(
    [signed.length + FOOTER, MARK, comment].map((value) => unsigned(value, 2, 'little')),
  )
  return rope
    .splice(at + moved, size + FOOTER, Buffer.concat([signed, footer]))
    .write(rope.size - length - 2, unsigned(comment, 2, 'little'))
}

/** Lines of a key and a value; recovery and update_engine look at these. */
function ofMetadata(bytes: Bytes, parts: readonly ZipPart[]): readonly Forgery[] {
  const metadata = parts.find(({ name }) => name === METADATA)
  if (!metadata) return []
  const written = (
    kind: 'older-version' | 'other-hardware',
    pattern: RegExp,
    other: (value: string) => string | undefined,
  ): Forgery => ({
    kind,
    title:
      kind === 'older-version'
        ? text('The metadata say an older build.', 'Die Metadaten nennen einen älteren Stand.')
        : text('The metadata name another device.', 'Die Metadaten nennen ein anderes Gerät.'),
    make(hands) {
      const said = contentIn(bytes, metadata).toString('latin1')
      const changed = said.replace(pattern, (all, start: string, value: string) => {
        const put = other(value)
        return put === undefined ? all : start + put
      })
      if (changed === said)
        throw new NotMade(text('The metadata do not say it.', 'Die Metadaten sagen es nicht.'))
      const rope = replaceInZip(Rope.of(bytes), METADATA, Buffer.from(changed, 'latin1'))
      const comment = commentOf(bytes)
      return hands.own && comment ? withComment(rope, comment, 'own', hands) : rope
    },
  })
  return [
    written('older-version', /^(post-timestamp=|post-security-patch-level=)([^\r\n]+)/gm, olderVersion),
    written('other-hardware', /^(pre-device=)([^\r\n]+)/gm, otherName),
  ]
}
