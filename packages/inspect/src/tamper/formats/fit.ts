import type { KeyObject } from 'node:crypto'
import { crc32 } from 'node:zlib'
import {
  type Bytes,
  cString,
  type DigestName,
  forEachWindow,
  memoryBytes,
  type SignatureScheme,
} from '@messlatte/bytes'
import {
  type Fdt,
  type FdtNode,
  fdtNode,
  fdtProperty,
  fdtStrings,
  fdtValue,
  fitImages,
  isFit,
  parseFdt,
} from '@messlatte/unpack'
import { hashedNames, listedNodes, signedMessage } from '../../secure-boot/fit/message.ts'
import { signatureAlgorithm } from '../../secure-boot/fit/verify.ts'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { DONE } from '../say.ts'
import { digestOf } from '../signing/cms.ts'
import type { KeyKind } from '../signing/keys.ts'
import { signStretch } from '../signing/sign.ts'
import { otherName } from '../values.ts'
import { slugsOf } from './slugs.ts'

/** Devicetree Specification 0.4, section 5.4: a token that means nothing. */
const NOP = Buffer.from('00000004', 'hex')
const DIGESTS: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha384', 'sha512'])
const MOST_MESSAGE = { bytes: 8 * 1024 * 1024, steps: 20_000_000 }
const CURVES = { prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' } as const

/** FIT images of U-Boot: hashes of data, and signatures of configurations over these. */
export function fitAnatomy(bytes: Bytes): Anatomy | undefined {
  const fdt = parseFdt(bytes, 0)
  if (!fdt || !isFit(fdt)) return undefined
  const signatures = signaturesOf(fdt)
  const isSigned = signatures.length > 0
  return {
    format: 'fit',
    signed: isSigned ? 'yes' : 'no',
    parts: partsOf(fdt, signatures),
    sums: { title: text('hashes of the images', 'Hashes der Images'), mend: mendHashes },
    forgeries: [
      ...(isSigned
        ? ([
            {
              kind: 'stripped-signature',
              title: text(
                'The signature nodes are overwritten with empty tokens.',
                'Die Signaturknoten sind mit leeren Marken überschrieben.',
              ),
              make: () => withoutNodes(Rope.of(bytes), fdt, signatures),
            },
            {
              kind: 'foreign-key',
              title: DONE.foreignKey,
              make: (hands) => signedWith(Rope.of(bytes), 'foreign', hands),
            },
          ] satisfies readonly Forgery[])
        : []),
      ...otherHardware(bytes, fdt),
    ],
    limits: [
      text(
        'A FIT says no version: whether an older one is refused is shown by a genuine older one.',
        'Ein FIT nennt keine Version: Ob ein älteres abgewiesen wird, zeigt ein echtes älteres.',
      ),
    ],
  }
}

function isSignature({ name }: FdtNode): boolean {
  return name.startsWith('signature')
}

function configurationsOf(fdt: Fdt): readonly FdtNode[] {
  return fdtNode(fdt, '/configurations')?.children ?? []
}

/** Of configurations and, as it was once done, of single images. */
function signaturesOf(fdt: Fdt): readonly FdtNode[] {
  const images = fdtNode(fdt, '/images')?.children ?? []
  return [...configurationsOf(fdt), ...images].flatMap(({ children }) => children.filter(isSignature))
}

function partsOf(fdt: Fdt, signatures: readonly FdtNode[]): readonly Part[] {
  const images = fitImages(fdt)
  const slugs = slugsOf(images.map(({ node }) => node.name))
  const listed = new Set(
    configurationsOf(fdt).flatMap(({ children }) =>
      children.filter(isSignature).flatMap((one) => [...(listedNodes(fdt, one) ?? [])]),
    ),
  )
  const valueSlugs = slugsOf(signatures.map(({ path }) => `signature of ${path.split('/').at(-2)}`))
  return [
    ...images.flatMap(({ node, data }, index): readonly Part[] => {
      if (!data || data.length === 0 || data.at + data.length > fdt.bytes.size) return []
      const isSigned = listed.has(node.path) || node.children.some(isSignature)
      return [
        {
          name: slugs[index] as string,
          title: text(`image "${node.name}"`, `Image „${node.name}“`),
          at: data.at,
          length: data.length,
          cover: isSigned ? 'signed' : 'unsigned',
        },
      ]
    }),
    ...signatures.flatMap((node, index): readonly Part[] => {
      const value = fdtProperty(node, 'value')
      return value && value.length > 0
        ? [
            {
              name: valueSlugs[index] as string,
              title: text('value of a signature', 'Wert einer Signatur'),
              at: value.offset,
              length: value.length,
              cover: 'signature',
            },
          ]
        : []
    }),
  ]
}

function mendHashes(changed: Rope): Rope {
  const fdt = parseFdt(changed, 0)
  if (!fdt) return changed
  let mended = changed
  for (const { node, data } of fitImages(fdt)) {
    if (!data || data.at + data.length > changed.size) continue
    for (const hash of node.children.filter(({ name }) => name.startsWith('hash'))) {
      const value = fdtProperty(hash, 'value')
      const found = hashed(changed, data, textOf(fdt, hash, 'algo'))
      if (!value || found?.length !== value.length) continue
      if (!found.equals(Buffer.from(changed.view(value.offset, value.length))))
        mended = mended.write(value.offset, found)
    }
  }
  return mended
}

function hashed(
  bytes: Bytes,
  { at, length }: { readonly at: number; readonly length: number },
  name: string,
): Buffer | undefined {
  if (DIGESTS.has(name)) return digestOf(bytes, name as DigestName, at, length)
  if (name !== 'crc32') return undefined
  let sum = 0
  forEachWindow(bytes, at, at + length, 256 * 1024, 0, (window) => {
    sum = crc32(window, sum)
    return true
  })
  const value = Buffer.alloc(4)
  value.writeUInt32BE(sum)
  return value
}

function textOf(fdt: Fdt, node: FdtNode, name: string): string {
  const property = fdtProperty(node, name)
  return property ? cString(fdtValue(fdt, property)) : ''
}

function withoutNodes(rope: Rope, { tokens }: Fdt, nodes: readonly FdtNode[]): Rope {
  return nodes.reduce((changed, node) => {
    const own = tokens.filter((token) => token.node === node || token.node?.path.startsWith(`${node.path}/`))
    const [first, last] = [own[0], own.at(-1)]
    if (!first || !last) return changed
    const length = last.offset + last.length - first.offset
    return changed.write(first.offset, Buffer.alloc(length, NOP))
  }, rope)
}

/** All signatures anew, over what the tree says now. */
function signedWith(rope: Rope, who: 'foreign' | 'own', hands: Hands): Rope {
  const fdt = parseFdt(rope, 0)
  if (!fdt) throw new NotMade(OTHER)
  const images = fitImages(fdt)
  return signaturesOf(fdt).reduce((signed, node) => {
    const value = fdtProperty(node, 'value')
    const algorithm = signatureAlgorithm(textOf(fdt, node, 'algo'))
    if (!value || !algorithm) throw new NotMade(OTHER)
    const image = images.find((one) => one.node.children.includes(node))?.data
    const message = image ? { bytes: rope, ...image } : messageOf(fdt, node)
    const kind: KeyKind =
      algorithm.key.type === 'rsa'
        ? { type: 'rsa', bits: algorithm.key.bits }
        : { type: 'ec', curve: CURVES[algorithm.key.curve as keyof typeof CURVES] }
    const key: KeyObject | undefined = who === 'own' ? hands.own : hands.keys.keyFor('signer', kind)
    if (!key) throw new NotMade(OTHER)
    const padding = textOf(fdt, node, 'padding')
    const signature = signStretch(
      schemeOf(algorithm, padding, value.length),
      key,
      message.bytes,
      message.at,
      message.length,
      'raw',
    )
    if (signature.length !== value.length) throw new NotMade(OTHER)
    return signed.write(value.offset, signature)
  }, rope)
}

/** mkimage takes the longest salt. */
function schemeOf(
  { digest, key }: NonNullable<ReturnType<typeof signatureAlgorithm>>,
  padding: string,
  size: number,
): SignatureScheme {
  if (key.type === 'ec') return { kind: 'ecdsa', digest }
  if (padding !== 'pss') return { kind: 'rsa-pkcs1', digest }
  const lengths = { sha1: 20, sha256: 32, sha384: 48, sha512: 64 } as const
  return { kind: 'rsa-pss', digest, mask: digest, salt: size - lengths[digest] - 2 }
}

function messageOf(fdt: Fdt, node: FdtNode) {
  const nodes = listedNodes(fdt, node)
  const message = nodes && signedMessage(fdt, nodes, hashedNames(fdt, node), { ...MOST_MESSAGE })
  if (!message || !('base64' in message)) throw new NotMade(OTHER)
  const content = Buffer.from(message.base64, 'base64')
  return { bytes: memoryBytes(content), at: 0, length: content.length }
}

const OTHER = text(
  'The tree is signed in a way that is not made here.',
  'Der Baum ist auf eine Art signiert, die hier nicht gebildet wird.',
)

function otherHardware(bytes: Bytes, fdt: Fdt): readonly Forgery[] {
  const [property] = configurationsOf(fdt).flatMap((node) => fdtProperty(node, 'compatible') ?? [])
  const [name] = (property && fdtStrings(fdt, property)) ?? []
  if (!property || !name) return []
  return [
    {
      kind: 'other-hardware',
      title: DONE.otherHardware(name, otherName(name)),
      make(hands) {
        const rope = Rope.of(bytes).write(property.offset, Buffer.from(otherName(name), 'latin1'))
        return hands.own ? signedWith(rope, 'own', hands) : rope
      },
    },
  ]
}
