/**
 * The public half of the key that OP-TEE's build signs with where nobody gives another one (keys/default_ta.pem), as
 * SubjectPublicKeyInfo (base64): signatures name no key, and RSA leads to none. Source: github.com/OP-TEE/optee_os.
 */
export const DEFAULT_TA_KEY = [
  'MIICIjANBgkqhkiG9w0BAQEFAAOCAg8AMIICCgKCAgEA6e6CY58Lzd7Vxb/B9k47X8fuvkYE8O1peo1UnmEaeuAI91y6wFSL',
  'kog7uPZcizDxyqA3OBtbFqi7nR0fTs+nr37W+yFSGZljZVXxudMojccsgHP9pMUjlmuu/1ISLyvA5Q8R6ALrTmNpUQfNqcdp',
  'IBgfwSDUrBUU0PIq6iiUdxoWtuC71OgKh4Ng8NXdIQHiJVwx2i/JB4lidWDPJY/nTLKnmDzbKtyKWeQfz4FJgDjDAThZXASe',
  'oaEpWmjRDvfbG6I7ziU20jiAA5R8T6ht9DdwoJ+CIKovscukdedPZ9b8/IesBiZURZv7pwqAMWLVb93PQj1a28VzyZOW4Mr/',
  'oa+9qY0/d19ApB5YJV7hf6fWY5mwPdAGuO4FpXinemD+HLXGXAu6+PlzftJW97UtvE5DMzkrMm9DYjhe1b1AEHlDYJM7WTpR',
  'i9z4CuBymec5CsKFfZAJCQlKg5qjPKA73CH1PBtVzAK+N8ktbsIAIoiX0aQ5yItY9FyxqduSt2dt0tPjrjflvHWI1+27zgYy',
  '0sWOlsSWyz9NMoH9x1IGV0/ufOvns95y3XR3ptHIrB1iZdfSdBCVTHAscVksD8FWlC2S/EFedqYcB3ZjR1Fpb9ReGK2ChSVU',
  '/Dxg+Xa3AzUXo4Fz8rNaJ3/BvB8NphDhi391IEoPu/bRTVm6MT/YHaECAwEAAQ==',
].join('')
