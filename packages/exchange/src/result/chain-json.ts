import type { BootChain, ChainPart, ChainStep, Language } from '@messlatte/model'

/** Chains stay in the order of the result: what starts first, the best first. */
export function chainJson(chains: readonly BootChain[], language: Language) {
  return chains.map((it) => ({
    kind: it.kind,
    name: it.name,
    alike: it.alike,
    verdict: it.verdict,
    summary: it.summary[language],
    steps: it.steps.map((step) => stepJson(step, language)),
    hardware: it.hardware.map(({ id, question, command, answer }) => ({
      id,
      question: question[language],
      command: command[language],
      answer: answer === null ? null : answer[language],
    })),
    root: it.root,
  }))
}

function stepJson(step: ChainStep, language: Language) {
  const { strength, evidence } = step
  return {
    title: step.title[language],
    name: step.name,
    after: step.after,
    state: step.state,
    reason: step.reason[language],
    parts: step.parts.map((part) => partJson(part, language)),
    gaps: step.gaps.map((gap) => ({ ...partJson(gap, language), why: gap.why[language] })),
    scheme: step.scheme,
    level: step.level,
    algorithm: step.algorithm,
    strength: strength && { grade: strength.grade, text: strength.text[language], source: strength.source },
    anchors: step.anchors.map(({ form, fingerprint, name, lies, everybody }) => ({
      form,
      fingerprint,
      name,
      lies: lies[language],
      everybody,
    })),
    demand: step.demand[language],
    rollback: step.rollback.map(({ name, value, signed }) => ({ name, value, signed })),
    repeat: step.repeat,
    evidence: evidence && {
      kind: evidence.kind,
      path: evidence.path,
      offset: evidence.offset,
      length: evidence.length,
    },
  }
}

function partJson({ path, name, stage, title, encrypted }: ChainPart, language: Language) {
  return { path, name, stage, title: title[language], encrypted }
}
