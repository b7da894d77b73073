/**
 * What must not stand in free text that everybody may read: mailboxes, phone numbers and names of staff (half of a
 * published directory's comments held them, reference directory-and-interop 0.2). It says what kind was found, never
 * what. Names are found by what stands before them, in the languages of sheets that come in; a person must still look.
 */
const ISO_DATE = /\b\d{4}-\d{2}-\d{2}\b/gu
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[\w.+-]+@[\w-]+\.[a-z]{2,}/iu, 'an e-mail address'],
  [/(?:\+|\b)\d(?:[\s().-]?\d){6,}/u, 'a phone number'],
  [/\b(?:Mr|Mrs|Ms|Miss|Dr|Prof)\b\.?\s+\p{Lu}\p{Ll}+/u, "a person's name"],
  [/\b(?:[Aa]sk for|[Ss]peak (?:to|with)|[Tt]alk (?:to|with))\s+\p{Lu}\p{Ll}+/u, "a person's name"],
  [
    /(?<!\p{L})(?:Mme|Mlle|M(?=\.)|Sra?(?=[. ])|Srta|Dra|[Пп]ані|[Пп]ан)\.?\s+\p{Lu}\p{Ll}+/u,
    "a person's name",
  ],
  [/(?<!\p{L})(?:السيد|السيدة|الآنسة|الأستاذ|الأستاذة|أ\.|د\.)\s+\p{L}{2,}/u, "a person's name"],
  [
    /(?<!\p{L})(?:[Dd]emande[rz]|[Ss]['’]adresser à|[Pp]regunt(?:e|ar) por|[Зз]апитайте|[Зз]вертайтеся до)\s+\p{Lu}\p{Ll}+/u,
    "a person's name",
  ],
]

/** 'an e-mail address', undefined when nothing looks personal. */
export function personalIn(text: string): string | undefined {
  const read = text.replace(ISO_DATE, '')
  return PATTERNS.find(([pattern]) => pattern.test(read))?.[1]
}

/** "first.last@" is somebody's own mailbox more often than a role's. */
export function isPersonalMailbox(address: string): boolean {
  return /^\p{L}+[._]\p{L}+@/u.test(address)
}
