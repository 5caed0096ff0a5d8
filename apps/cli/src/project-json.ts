import type { Project } from './project.ts'

/** Texts in both languages; `boundTo` is what a decision on the provision has to name. */
export function projectJson(project: Project): string {
  const { file, assessment, results, claims, claimFindings, comparisons, testVerdicts } = project
  const { documents, documentFindings, decisions, waivers } = project
  const provisions = assessment.provisions.map((one) => ({ ...one, boundTo: project.evidenceOn(one.id) }))
  return `${JSON.stringify(
    {
      product: file.product,
      results,
      claims,
      claimFindings,
      comparisons,
      testVerdicts,
      documents,
      documentFindings,
      decisions,
      waivers,
      assessment: { ...assessment, provisions },
    },
    null,
    2,
  )}\n`
}
