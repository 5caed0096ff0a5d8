import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'

/** Large images that are mostly empty are kept as brotli, as the fixtures are. */
const PACKED = '.bin.br'
const SMALL = 4096
/** Bytes of an image up to which it is worth the time of packing it. */
const LARGEST = 4 * 1024 * 1024

/** Where the inputs of a format are kept that reached something new. */
export function corpusFolder(format: string): URL {
  return new URL(`./corpus/${format}/`, import.meta.url)
}

export function corpusOf(format: string): readonly Buffer[] {
  const folder = corpusFolder(format)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const stored = readFileSync(new URL(name, folder))
      return name.endsWith(PACKED) ? brotliDecompressSync(stored) : stored
    })
}

/** How an input is stored, with the ending of its file's name. */
export function packCorpus(content: Buffer): { readonly ending: string; readonly stored: Buffer } {
  if (content.length <= SMALL || content.length > LARGEST) return { ending: '.bin', stored: content }
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9 }
  return { ending: PACKED, stored: brotliCompressSync(content, { params }) }
}
