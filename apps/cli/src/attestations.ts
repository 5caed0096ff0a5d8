import { writeCyclonedxAttestations } from '@messlatte/exchange'
import type { Language } from '@messlatte/model'
import { decisionsHeld } from './decisions-held.ts'
import type { Project } from './project.ts'
import { TOOL } from './tool.ts'

/** Name and version of this program. */
export const TOOL_AND_VERSION = `${TOOL.name} ${TOOL.version}`

/** The claims of a folder as CycloneDX attestations; only decisions that hold are told. */
export function attestations(project: Project, language: Language): string {
  return writeCyclonedxAttestations(
    {
      ...project,
      tool: TOOL_AND_VERSION,
      product: project.file.product,
      images: project.results.flatMap(({ images }) => images),
      decisions: decisionsHeld(project).filter(({ lapsed }) => lapsed === null),
    },
    language,
  )
}
