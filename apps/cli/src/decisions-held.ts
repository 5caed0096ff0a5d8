import { lapse } from '@messlatte/conformity'
import type { Decision, Text } from '@messlatte/model'
import type { Project } from './project.ts'

/** The decisions of a folder, each with why it does not hold on the day of the assessment; null where it does. */
export function decisionsHeld(project: Project): readonly (Decision & { readonly lapsed: Text | null })[] {
  const documents = new Map(project.documents.map(({ id, found }) => [id, found]))
  const day = { asOf: project.assessment.asOf, documents }
  return project.decisions.map((one) => ({
    ...one,
    lapsed: lapse(one, project.evidenceOn(one.provision), day)?.text ?? null,
  }))
}
