import { gunzipSync, gzipSync } from 'node:zlib'
import { type Bytes, memoryBytes } from '@messlatte/bytes'
import { isMender, menderManifest } from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { both, DONE } from '../say.ts'
import { digestOf } from '../signing/cms.ts'
import type { KeyKind } from '../signing/keys.ts'
import { signStretch } from '../signing/sign.ts'
import { otherName } from '../values.ts'
import { slugsOf } from './slugs.ts'
import { dropFromTar, replaceInTar, type TarPart, tarParts } from './tar.ts'

const MANIFEST = 'manifest'
const SIGNATURE = 'manifest.sig'
const HEADER = /^header\.tar(?:\.gz)?$/
const MOST_MANIFEST = 4 * 1024 * 1024
/** Payloads that are packed again, in bytes packed and not. */
const MOST_PACKED = 64 * 1024 * 1024
const MOST_OPEN = 256 * 1024 * 1024
/** ECDSA signatures of Mender are both numbers of P-256, nothing around them. */
const RAW_P256 = 64

/** Artifacts of Mender: a tar archive with a manifest of digests and a signature over that. */
export function menderAnatomy(bytes: Bytes): Anatomy | undefined {
  if (!isMender(bytes, 0)) return undefined
  const members = tarParts(bytes)
  const manifest = members.find(({ name, length }) => name === MANIFEST && length <= MOST_MANIFEST)
  if (!manifest) return undefined
  const signature = members.find(({ name }) => name === SIGNATURE)
  const lines = menderManifest(bytes.view(manifest.at, manifest.length)).map(({ name }) => name)
  const payload = members.find(({ name }) => /^data\/\d{4}\.tar(?:\.gz)?$/.test(name))
  return {
    format: 'mender',
    signed: signature ? 'yes' : 'no',
    parts: partsOf(bytes, members, lines, signature !== undefined),
    forgeries: [
      ...(signature ? ofSignature(bytes, signature, manifest) : []),
      ...(payload ? [correctedDigests(bytes, payload)] : []),
      ...otherHardware(bytes, members),
    ],
    limits: [
      text(
        'Artifacts have a name and no number that rises: which of two is the older one, only the server decides.',
        'Artefakte haben einen Namen und keine steigende Nummer: Welches von zweien das ältere ist, entscheidet nur der Server.',
      ),
    ],
  }
}

function partsOf(
  bytes: Bytes,
  members: readonly TarPart[],
  lines: readonly string[],
  isSigned: boolean,
): readonly Part[] {
  const slugs = slugsOf(members.map(({ name }) => name))
  return members.flatMap((member, index): readonly Part[] => {
    const { name, at, length } = member
    if (length === 0) return []
    const folder = /^(data\/\d{4})\.tar/.exec(name)?.[1]
    const isListed = name === MANIFEST || lines.some((one) => one === name || one.startsWith(`${folder}/`))
    const slug = slugs[index] as string
    const cover = name === SIGNATURE ? 'signature' : isSigned && isListed ? 'signed' : 'unsigned'
    const plain: Part = { name: slug, title: text(name, name), at, length, cover }
    return name.endsWith('.gz')
      ? [
          plain,
          {
            ...plain,
            name: `${slug}-inside`,
            title: text(`content of ${name}`, `Inhalt von ${name}`),
            flipped: () => flippedInside(bytes, member),
          },
        ]
      : [plain]
  })
}

/** A packed tar archive with one bit of its largest file flipped, packed again. @throws NotMade */
function flippedInside(bytes: Bytes, member: TarPart): Rope {
  const { content, largest } = opened(bytes, member)
  content[largest.at + Math.floor(largest.length / 2)] =
    (content[largest.at + Math.floor(largest.length / 2)] as number) ^ 1
  return replaceInTar(Rope.of(bytes), member.name, packed(member, content))
}

function opened(
  bytes: Bytes,
  { name, at, length }: TarPart,
): { readonly content: Buffer; readonly largest: TarPart } {
  if (length > MOST_PACKED) throw new NotMade(TOO_LARGE)
  const stored = Buffer.alloc(length)
  bytes.copy(at, stored)
  const content = name.endsWith('.gz') ? unpacked(stored) : stored
  const [largest] = [...tarParts(memoryBytes(content))].sort((a, b) => b.length - a.length)
  if (!largest || largest.length === 0) throw new NotMade(EMPTY)
  return { content, largest }
}

function unpacked(stored: Buffer): Buffer {
  try {
    return gunzipSync(stored, { maxOutputLength: MOST_OPEN })
  } catch {
    throw new NotMade(TOO_LARGE)
  }
}

function packed({ name }: TarPart, content: Buffer): Buffer {
  return name.endsWith('.gz') ? gzipSync(content) : content
}

const TOO_LARGE = text(
  'It is larger than what is packed again here (64 MiB packed, 256 MiB not), or damaged.',
  'Es ist größer, als hier neu gepackt wird (64 MiB gepackt, 256 MiB ungepackt), oder beschädigt.',
)
const EMPTY = text('There is no file in it.', 'Es ist keine Datei darin.')

function ofSignature(bytes: Bytes, signature: TarPart, manifest: TarPart): readonly Forgery[] {
  return [
    {
      kind: 'stripped-signature',
      title: DONE.strippedSignature,
      make: () => dropFromTar(Rope.of(bytes), SIGNATURE),
    },
    {
      kind: 'foreign-key',
      title: DONE.foreignKey,
      make: (hands) =>
        replaceInTar(Rope.of(bytes), SIGNATURE, signed(bytes, signature, bytes, manifest, 'foreign', hands)),
    },
  ]
}

/** A signature of the kind that is there, over the manifest of a changed artifact. */
function signed(
  bytes: Bytes,
  { at, length }: TarPart,
  changed: Bytes,
  manifest: TarPart,
  who: 'foreign' | 'own',
  hands: Hands,
): Buffer {
  const value = Buffer.from(Buffer.from(bytes.view(at, Math.min(length, 8192))).toString('latin1'), 'base64')
  const isRaw = value.length === RAW_P256
  const kind: KeyKind = isRaw
    ? { type: 'ec', curve: 'P-256' }
    : { type: 'rsa', bits: Math.max(1024, value.length * 8) }
  const key = who === 'own' ? hands.own : hands.keys.keyFor('signer', kind)
  if (!key) throw new NotMade(EMPTY)
  const scheme = { kind: isRaw ? 'ecdsa' : 'rsa-pkcs1', digest: 'sha256' } as const
  return Buffer.from(
    signStretch(scheme, key, changed, manifest.at, manifest.length, 'raw').toString('base64'),
  )
}

function correctedDigests(bytes: Bytes, payload: TarPart): Forgery {
  return {
    kind: 'corrected-digests',
    title: both(
      text(
        'One bit is flipped in the largest file of the payload, and its SHA-256 in the manifest is computed again.',
        'Ein Bit ist in der größten Datei der Nutzlast gekippt, ihr SHA-256 im Manifest neu berechnet.',
      ),
      DONE.signatureKept,
    ),
    make() {
      const { content, largest } = opened(bytes, payload)
      const before = digestOf(memoryBytes(content), 'sha256', largest.at, largest.length).toString('hex')
      const middle = largest.at + Math.floor(largest.length / 2)
      content[middle] = (content[middle] as number) ^ 1
      const after = digestOf(memoryBytes(content), 'sha256', largest.at, largest.length).toString('hex')
      const changed = replaceInTar(Rope.of(bytes), payload.name, packed(payload, content))
      return withDigest(changed, before, after)
    },
  }
}

function withDigest(rope: Rope, before: string, after: string): Rope {
  const manifest = tarParts(rope).find(({ name }) => name === MANIFEST)
  const said = manifest && Buffer.from(rope.view(manifest.at, manifest.length)).toString('latin1')
  if (!said?.includes(before))
    throw new NotMade(text('The manifest does not list it.', 'Das Manifest führt es nicht auf.'))
  return replaceInTar(rope, MANIFEST, Buffer.from(said.replaceAll(before, after), 'latin1'))
}

/** Device types stand in the packed header, whose digest stands in the manifest. */
function otherHardware(bytes: Bytes, members: readonly TarPart[]): readonly Forgery[] {
  const header = members.find(({ name, length }) => HEADER.test(name) && length <= MOST_PACKED)
  if (!header) return []
  return [
    {
      kind: 'other-hardware',
      title: text(
        'The header names another device type, and its digest in the manifest is computed again.',
        'Der Header nennt einen anderen Gerätetyp, sein Digest im Manifest ist neu berechnet.',
      ),
      make(hands) {
        const before = digestOf(bytes, 'sha256', header.at, header.length).toString('hex')
        const { content } = opened(bytes, header)
        const info = tarParts(memoryBytes(content)).find(({ name }) => name === 'header-info')
        const said = info && content.toString('latin1', info.at, info.at + info.length)
        const changed = said?.replace(
          /("(?:device_type|device_types_compatible)"\s*:\s*\[)([^\]]*)/g,
          (_, start: string, list: string) =>
            start + list.replace(/"([^"]*)"/g, (__, name: string) => `"${otherName(name)}"`),
        )
        if (!info || changed === undefined || changed === said)
          throw new NotMade(text('The header names no device type.', 'Der Header nennt keinen Gerätetyp.'))
        content.write(changed, info.at, 'latin1')
        const repacked = packed(header, content)
        const after = digestOf(memoryBytes(repacked), 'sha256').toString('hex')
        const rope = withDigest(replaceInTar(Rope.of(bytes), header.name, repacked), before, after)
        return hands.own ? signedAgain(bytes, rope, hands) : rope
      },
    },
  ]
}

function signedAgain(bytes: Bytes, rope: Rope, hands: Hands): Rope {
  const signature = tarParts(bytes).find(({ name }) => name === SIGNATURE)
  const manifest = tarParts(rope).find(({ name }) => name === MANIFEST)
  return signature && manifest
    ? replaceInTar(rope, SIGNATURE, signed(bytes, signature, rope, manifest, 'own', hands))
    : rope
}
