import type { Artefact } from '../../contract.ts'
import { artefactsOf, readCase } from '../../secure-boot/partitions/testing.ts'

/** What the engine shows of a case of `fixtures/`: of files that are read as containers, the regions in them. */
export function firmwareArtefacts(folder: URL): readonly Artefact[] {
  const all = artefactsOf(readCase(folder).files)
  const roots = new Set(all.map(({ root }) => root))
  return all.filter(({ type, path }) => type !== 'file' || !roots.has(path))
}
