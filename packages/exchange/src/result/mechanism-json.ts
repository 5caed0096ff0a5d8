import type { Language, MechanismPart, UpdateMechanism } from '@messlatte/model'
import { OTHER } from './told.ts'

/** Mechanisms and their parts stay in the order of the result. */
export function mechanismJson(mechanisms: readonly UpdateMechanism[], language: Language) {
  return mechanisms.map((it) => ({
    client: it.client,
    title: it.title[language],
    root: it.root,
    parts: it.parts.map((part) => partJson(part, language)),
    open: it.open.map(({ id, question }) => ({ id, question: question[language] })),
    translation: { language: OTHER[language], title: it.title[OTHER[language]] },
  }))
}

function partJson(part: MechanismPart, language: Language) {
  const { id, statement, polarity, confidence, how, path, offset, length, line, evidence, ...details } = part
  return {
    id,
    statement: statement[language],
    polarity,
    confidence: confidence.grade,
    how,
    path,
    offset,
    length,
    line,
    evidence,
    details,
    translation: { language: OTHER[language], statement: statement[OTHER[language]] },
  }
}
