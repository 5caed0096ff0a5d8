/** `$id` of `schema/result-1.schema.json`; the number rises with every change that could break a reader. */
export const RESULT_SCHEMA_ID = 'urn:messlatte:result:1'
