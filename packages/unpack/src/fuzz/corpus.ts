import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Where the inputs of a format are kept that reached something new. */
export function corpusFolder(format: string): URL {
  return new URL(`./corpus/${format}/`, import.meta.url)
}

export function corpusOf(format: string): readonly Buffer[] {
  const folder = corpusFolder(format)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .sort()
    .map((name) => readFileSync(new URL(name, folder)))
}
