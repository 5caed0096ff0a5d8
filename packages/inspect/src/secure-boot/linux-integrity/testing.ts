import { readdirSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Artefact, Settings } from '../../contract.ts'
import { runChecks, type TestRun, testArtefact } from '../../testing.ts'
import { linuxModulesCheck } from '../linux-modules/index.ts'
import { KERNEL } from '../linux-modules/testing.ts'
import { artefactsOf } from '../partitions/testing.ts'
import { linuxIntegrityCheck } from './index.ts'

export function fixture(folder: string, file: string): Buffer {
  return readFileSync(new URL(`./fixtures/${folder}/${file}`, import.meta.url))
}

/** A case of `fixtures/` as one release; what is kept as gzip is a file system. */
export function releaseOf(folder: string): readonly Artefact[] {
  const files = readdirSync(new URL(`./fixtures/${folder}/`, import.meta.url)).sort()
  const packed = files.find((file) => file.endsWith('.gz'))
  if (packed !== undefined) {
    const name = packed.slice(0, -'.gz'.length)
    const kernel = files.filter((file) => file !== packed)
    return [
      ...artefactsOf([{ name, content: gunzipSync(fixture(folder, packed)) }]),
      ...kernel.map((file) => kernelWith(fixture(folder, file))),
    ]
  }
  return files
    .filter((file) => !file.endsWith('.ima'))
    .map((file): Artefact => {
      const content = fixture(folder, file)
      if (file === 'build.der') return kernelWith(content)
      if (file.endsWith('.der')) return testArtefact(`etc/keys/${file}`, content)
      if (file === 'ima-policy') return testArtefact('etc/ima/ima-policy', content)
      const value = fixture(folder, `${file}.ima`).toString('hex')
      return testArtefact(`usr/bin/${file}`, content, { xattrs: { 'security.ima': value } })
    })
}

/** A kernel that was built with a certificate. */
function kernelWith(certificate: Uint8Array): Artefact {
  const content = Buffer.concat([Buffer.alloc(9), certificate, Buffer.alloc(9)])
  return testArtefact('segment-3', content, { path: KERNEL })
}

export function run(artefacts: readonly Artefact[], settings: Partial<Settings> = {}): TestRun {
  return runChecks([linuxModulesCheck, linuxIntegrityCheck], artefacts, settings)
}
