import { type Bytes, BytesError, DerError, readSignedData } from '@messlatte/bytes'
import {
  parseBundleManifest,
  parseRaucBundle,
  type RaucBundle,
  raucContents,
  raucTree,
} from '@messlatte/unpack'
import { type Anatomy, type Forgery, type Hands, NotMade, type Part, text } from '../contract.ts'
import { Rope } from '../rope.ts'
import { both, DONE } from '../say.ts'
import { resignCms, withContent, withoutSigners } from '../signing/cms.ts'
import { olderVersion, otherName } from '../values.ts'

const TAIL = 8
/** Reader of SquashFS take its start for granted; a block of it is where the first file lies. */
const SUPERBLOCK = 96

/** Bundles of RAUC: a SquashFS, for `verity` with its hash tree, a CMS structure, and its size. */
export function raucAnatomy(bytes: Bytes): Anatomy | undefined {
  const bundle = parseRaucBundle(bytes, 0)
  if (!bundle || bundle.end !== bytes.size) return undefined
  const { signature, enveloped } = bundle
  const cms = bytes.view(signature.at, signature.length)
  const { manifest, dataLength } = raucContents(bytes, bundle, [])
  const data = dataLength ?? bundle.payload.length
  const parts = partsOf(bundle, cms, manifest, data)
  return {
    format: 'rauc-bundle',
    signed: 'yes',
    parts,
    forgeries: enveloped
      ? [stripped(bytes, bundle)]
      : [
          stripped(bytes, bundle),
          noSigners(bytes, bundle, cms),
          foreign(bytes, bundle, cms, manifest),
          ...(manifest ? ofManifest(bytes, bundle, cms, manifest, data) : []),
        ],
    limits: limitsOf(enveloped, manifest),
  }
}

function limitsOf(enveloped: boolean, manifest: Uint8Array | undefined): Anatomy['limits'] {
  if (enveloped)
    return [
      text(
        'The signature lies in an envelope that is encrypted for devices: a foreign key, other versions and other hardware are tried with the bundle before it is encrypted.',
        'Die Signatur liegt in einem Umschlag, der für Geräte verschlüsselt ist: Fremder Schlüssel, andere Version und andere Hardware sind mit dem Bundle vor der Verschlüsselung zu versuchen.',
      ),
    ]
  return manifest
    ? []
    : [
        text(
          'In a plain bundle, the manifest with version and hardware lies compressed in the SquashFS: such files have to be made with rauc itself.',
          'In einem „plain“-Bundle liegt das Manifest mit Version und Hardware komprimiert im SquashFS: Solche Dateien sind mit rauc selbst zu erzeugen.',
        ),
      ]
}

function partsOf(
  { payload, signature, enveloped, squashfs }: RaucBundle,
  cms: Uint8Array,
  manifest: Uint8Array | undefined,
  data: number,
): readonly Part[] {
  const tree = payload.length - data
  return [
    ...(squashfs === undefined
      ? []
      : [
          {
            name: 'superblock',
            title: text('superblock of the SquashFS', 'Superblock des SquashFS'),
            at: payload.at,
            length: SUPERBLOCK,
            cover: 'signed',
            // Date of the file system: readers do without it.
            flipAt: 8,
          } as const,
        ]),
    {
      name: 'payload',
      title:
        squashfs === undefined
          ? text('encrypted payload', 'verschlüsselter Inhalt')
          : text('payload (SquashFS)', 'Inhalt (SquashFS)'),
      at: payload.at,
      length: squashfs === undefined ? data : Math.min(data, squashfs),
      cover: 'signed',
    },
    ...(tree > 0
      ? [
          {
            name: 'hash-tree',
            title: text('hash tree of the payload', 'Hashbaum des Inhalts'),
            at: payload.at + data,
            length: tree,
            cover: 'signed',
            flipAt: 0,
          } as const,
        ]
      : []),
    ...(manifest
      ? [
          within(
            cms,
            manifest,
            signature.at,
            'manifest',
            text('manifest in the signed structure', 'Manifest in der signierten Struktur'),
            'signed',
          ),
        ]
      : []
    ).flat(),
    ...(enveloped
      ? [
          {
            name: 'envelope',
            title: text('envelope with the signature', 'Umschlag mit der Signatur'),
            at: signature.at,
            length: signature.length,
            cover: 'signature',
          } as const,
        ]
      : signatureParts(cms, signature.at)),
    {
      name: 'size-of-signature',
      title: text('size of the signature', 'Größe der Signatur'),
      at: signature.at + signature.length,
      length: TAIL,
      cover: 'unsigned',
      flipAt: TAIL - 1,
    },
  ]
}

/** Where these bytes lie in the structure. */
function within(
  cms: Uint8Array,
  piece: Uint8Array,
  base: number,
  name: string,
  title: Part['title'],
  cover: Part['cover'],
): readonly Part[] {
  const at = Buffer.from(cms).indexOf(piece)
  return at < 0 || piece.length === 0 ? [] : [{ name, title, at: base + at, length: piece.length, cover }]
}

function signatureParts(cms: Uint8Array, base: number): readonly Part[] {
  try {
    const { certificates, signers } = readSignedData(cms)
    return [
      ...certificates.flatMap(({ der }, index) =>
        within(
          cms,
          der,
          base,
          index === 0 ? 'certificate' : `certificate-${index + 1}`,
          text('certificate that travels along', 'mitgeführtes Zertifikat'),
          'signature',
        ),
      ),
      ...signers.flatMap((signer, index) =>
        within(
          cms,
          signer.signature,
          base,
          index === 0 ? 'signature' : `signature-${index + 1}`,
          text('value of the signature', 'Wert der Signatur'),
          'signature',
        ),
      ),
    ]
  } catch (error) {
    if (error instanceof DerError || error instanceof BytesError) return []
    throw error
  }
}

function stripped(bytes: Bytes, { signature }: RaucBundle): Forgery {
  return {
    kind: 'stripped-signature',
    title: text(
      'The signature and its size are cut off; what is left is the payload.',
      'Signatur und Größenangabe sind abgeschnitten; übrig ist der Inhalt.',
    ),
    make: () => Rope.of(bytes).cut(signature.at),
  }
}

function noSigners(bytes: Bytes, bundle: RaucBundle, cms: Uint8Array): Forgery {
  return {
    kind: 'stripped-signature',
    variant: 'no-signers',
    title: text(
      'The signed structure is there, with what it says, but no signer is in it.',
      'Die signierte Struktur ist da, mit ihrem Inhalt, aber ohne einen Signierer.',
    ),
    make: () => withCms(Rope.of(bytes), bundle, withoutSigners(cms)),
  }
}

function foreign(
  bytes: Bytes,
  bundle: RaucBundle,
  cms: Uint8Array,
  manifest: Uint8Array | undefined,
): Forgery {
  return {
    kind: 'foreign-key',
    title: DONE.foreignKey,
    make: (hands) =>
      withCms(Rope.of(bytes), bundle, signedBy(bytes, bundle, cms, manifest, 'foreign', hands)),
  }
}

function signedBy(
  bytes: Bytes,
  { payload }: RaucBundle,
  cms: Uint8Array,
  manifest: Uint8Array | undefined,
  who: 'foreign' | 'own',
  hands: Hands,
): Buffer {
  const content = manifest
    ? { travelling: manifest }
    : { beside: Rope.of(bytes).cut(payload.at + payload.length) }
  return resignCms(cms, content, who, hands)
}

/** What a signed manifest says is another thing, and so on. */
function ofManifest(
  bytes: Bytes,
  bundle: RaucBundle,
  cms: Uint8Array,
  manifest: Uint8Array,
  data: number,
): readonly Forgery[] {
  const said = Buffer.from(manifest).toString('latin1')
  const edited = (
    kind: 'older-version' | 'other-hardware',
    key: string,
    other: (value: string) => string | undefined,
    say: (from: string, to: string) => Part['title'],
  ): readonly Forgery[] => {
    const pattern = new RegExp(`^(${key}[ \\t]*=[ \\t]*)([^\\r\\n]+)`, 'm')
    const [, , value = ''] = pattern.exec(said) ?? []
    const changed = other(value)
    if (value === '' || changed === undefined) return []
    return [
      {
        kind,
        title: say(value, changed),
        make(hands) {
          const content = Buffer.from(
            said.replace(pattern, (_, before: string) => before + changed),
            'latin1',
          )
          const signed = hands.own
            ? resignCms(cms, { travelling: content }, 'own', hands)
            : withContent(cms, content)
          return withCms(Rope.of(bytes), bundle, signed)
        },
      },
    ]
  }
  return [
    ...correctedTree(bytes, bundle, cms, manifest, data),
    ...edited('older-version', 'version', olderVersion, DONE.olderVersion),
    ...edited('other-hardware', 'compatible', otherName, DONE.otherHardware),
  ]
}

/** Devices read a payload by its stored tree: only the root in the signed manifest tells that both are others. */
function correctedTree(
  bytes: Bytes,
  bundle: RaucBundle,
  cms: Uint8Array,
  manifest: Uint8Array,
  data: number,
): readonly Forgery[] {
  const { verityHash, veritySalt = '' } = parseBundleManifest(manifest)
  const { payload } = bundle
  if (verityHash === undefined || data >= payload.length) return []
  const changed = () => {
    const flipped = Rope.of(bytes).flip(payload.at + Math.floor(data / 2))
    const { tree, root } = raucTree(flipped, { at: payload.at, length: data }, Buffer.from(veritySalt, 'hex'))
    return { rope: flipped.write(payload.at + data, tree), root }
  }
  const first = text(
    'One bit is flipped in the payload, and the hash tree behind it is computed again.',
    'Ein Bit ist im Inhalt gekippt, der Hashbaum dahinter neu berechnet.',
  )
  return [
    {
      kind: 'corrected-digests',
      variant: 'tree',
      title: both(
        first,
        text(
          'The signed manifest says the root of the genuine one.',
          'Das signierte Manifest nennt die Wurzel des echten.',
        ),
      ),
      make: () => changed().rope,
    },
    {
      kind: 'corrected-digests',
      variant: 'root',
      title: both(
        first,
        text(
          'The manifest says the new root; the signature over it is left as it was.',
          'Das Manifest nennt die neue Wurzel; die Signatur darüber ist wie zuvor.',
        ),
      ),
      make() {
        const { rope, root } = changed()
        const said = Buffer.from(manifest).toString('latin1').replaceAll(verityHash, root)
        return withCms(rope, bundle, withContent(cms, Buffer.from(said, 'latin1')))
      },
    },
  ]
}

function withCms(rope: Rope, { signature, end }: RaucBundle, cms: Uint8Array): Rope {
  if (cms.length === 0)
    throw new NotMade(text('There is no signed structure.', 'Es gibt keine signierte Struktur.'))
  const size = Buffer.alloc(TAIL)
  size.writeBigUInt64BE(BigInt(cms.length))
  return rope.splice(signature.at, end - signature.at, Buffer.concat([cms, size]))
}
