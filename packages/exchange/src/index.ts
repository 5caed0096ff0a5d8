export { type BadReadout, MOST_READOUT, readFuses } from './fuses/read.ts'
export { writeResultJson } from './result/result-json.ts'
export { RESULT_SCHEMA_ID } from './result/schema-id.ts'
