/** The languages of the desk's page, each under its own name; their words are in locales/. */
export const LANGUAGES = [
  { tag: 'en', name: 'English', direction: 'ltr' },
  { tag: 'fr', name: 'Français', direction: 'ltr' },
  { tag: 'es', name: 'Español', direction: 'ltr' },
  { tag: 'ar', name: 'العربية', direction: 'rtl' },
  { tag: 'az', name: 'Azərbaycanca', direction: 'ltr' },
  { tag: 'bn', name: 'বাংলা', direction: 'ltr' },
  { tag: 'ha', name: 'Hausa', direction: 'ltr' },
  { tag: 'ru', name: 'Русский', direction: 'ltr' },
  { tag: 'so', name: 'Soomaali', direction: 'ltr' },
  { tag: 'uk', name: 'Українська', direction: 'ltr' },
] as const
