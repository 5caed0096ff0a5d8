import { type Bytes, Reader } from '@messlatte/bytes'
import { type Gbl4, type Gbl4Tag, TAG } from './parse.ts'

/** Bytes of each structure. */
const BUNDLE = 24
const MANIFEST_INFO = 8
const UPDATE_SE = 8
const UPDATE_SECTION = 24
const SECTION_INFO = 8
const FEATURES = ['compressed', 'encrypted', 'signed'] as const

/** What the manifest says (btl_gbl_format.h of Silicon Labs' SDK for Series 3). */
export function summaryOf(bytes: Bytes, { tags }: Gbl4): object {
  const readers = (id: number, least: number): readonly Reader[] =>
    tags
      .filter((tag: Gbl4Tag) => tag.id === id && tag.length >= least && tag.at + least <= bytes.size)
      .map(({ at }) => new Reader(bytes.view(at, least), 'little'))
  const [manifest] = readers(TAG.manifestInfo, MANIFEST_INFO)
  const [bundle] = readers(TAG.bundleVersion, BUNDLE)
  const [secureElement] = readers(TAG.updateSe, UPDATE_SE)
  return {
    manifest: manifest && { version: manifest.u32(), features: featuresOf(manifest.u32()) },
    bundle: bundle && {
      productId: Buffer.from(bundle.take(16)).toString('hex'),
      version: bundle.u32(),
      leastVersion: bundle.u32(),
    },
    secureElement: secureElement && { version: secureElement.u32() },
    updates: readers(TAG.updateSection, UPDATE_SECTION).map(updateOf),
    sections: readers(TAG.sectionInfo, SECTION_INFO).map(sectionOf),
  }
}

function featuresOf(bits: number): readonly string[] {
  return FEATURES.filter((_, bit) => (bits & (1 << bit)) !== 0)
}

/** Memory and, in the three upper bytes, the size of the image in the clear; the place of the section is left out. */
function updateOf(reader: Reader): object {
  const first = reader.u32()
  return {
    memory: first & 0xff,
    size: first >>> 8,
    address: reader.u32(),
    type: reader.u32(),
    version: reader.u32(),
    capabilities: reader.u32(),
  }
}

/** Numbers of schemes, as they stand there, and what is signed block by block. */
function sectionOf(reader: Reader): object {
  const [compression, encryption, secureBoot] = [reader.u8(), reader.u8(), reader.u8()]
  reader.skip(1)
  return { compression, encryption, secureBoot, blockSize: reader.u16(), blocks: reader.u16() }
}
