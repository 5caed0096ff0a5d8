import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { gunzipSync } from 'node:zlib'
import type { ClaimSet, Edition } from '@messlatte/model'
import { readClaimsMarkdown } from './markdown/read.ts'
import { mergeParts } from './part.ts'

/** Path of a fixture of claims. */
export function claimFixture(name: string): string {
  return fileURLToPath(new URL(`./fixtures/${name}`, import.meta.url))
}

/** The public IXIT tables and self-assessment of the Ruuvi Gateway, by file name (tar, POSIX ustar: 512-byte blocks). */
export function ruuviFiles(): ReadonlyMap<string, string> {
  const archive = gunzipSync(readFileSync(claimFixture('ruuvi-gateway/cra-303645.tar.gz')))
  const files = new Map<string, string>()
  for (let at = 0; archive[at] !== 0; ) {
    const name = archive.toString('latin1', at, at + 100).replace(/\0.*$/s, '')
    const size = Number.parseInt(archive.toString('latin1', at + 124, at + 135), 8)
    if (name.endsWith('.md'))
      files.set(name.replace(/^.*\//, ''), archive.toString('utf8', at + 512, at + 512 + size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

/** All that they claim. */
export function ruuviClaims(): ClaimSet {
  const parts = [...ruuviFiles()].flatMap(([name, text]) => readClaimsMarkdown(name, text) ?? [])
  const { claims, problems } = mergeParts(parts, null)
  if (!claims) throw new Error(problems.map(({ file, message }) => `${file}: ${message}`).join('\n'))
  return claims
}

/** What files say together, without where in them it stands. */
export function merged(parts: Parameters<typeof mergeParts>[0], wanted: Edition | null) {
  const { claims, problems } = mergeParts(parts, wanted)
  return { claims, problems }
}
