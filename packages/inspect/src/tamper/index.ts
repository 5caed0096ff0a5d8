export { endingOf } from './describe.ts'
export type { MapStretch } from './generic.ts'
export {
  type TamperAnswered,
  type TamperOutcome,
  type TamperResult,
  type TamperSettings,
  tamperMapper,
} from './run.ts'
export { seenIn } from './seen.ts'
