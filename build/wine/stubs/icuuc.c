/* For the proof under Wine only, never shipped: Windows 10 has an icuuc.dll, Wine has none, and Qt6Core imports it.
   Here every converter fails to open, and Qt falls back on its own codecs. */
#define GIVE __declspec(dllexport)
#define UNSUPPORTED 16
typedef int Code;

static void *none(Code *code) { if (code) *code = UNSUPPORTED; return 0; }

GIVE void *ucnv_open(const char *name, Code *code) { return none(code); }
GIVE void ucnv_close(void *one) {}
GIVE void ucnv_reset(void *one) {}
GIVE signed char ucnv_getMaxCharSize(const void *one) { return 4; }
GIVE const char *ucnv_getName(const void *one, Code *code) { return none(code); }
GIVE int ucnv_countAvailable(void) { return 0; }
GIVE const char *ucnv_getAvailableName(int at) { return 0; }
GIVE const char *ucnv_getStandardName(const char *name, const char *standard, Code *code) { return none(code); }
GIVE int ucnv_toUCountPending(const void *one, Code *code) { none(code); return 0; }
GIVE int ucnv_fromUCountPending(const void *one, Code *code) { none(code); return 0; }
GIVE void ucnv_getToUCallBack(const void *one, void **call, const void **with) { *call = 0; if (with) *with = 0; }
GIVE void ucnv_getFromUCallBack(const void *one, void **call, const void **with) { *call = 0; if (with) *with = 0; }
GIVE void ucnv_setToUCallBack(void *one, void *call, const void *with, void **old, const void **was, Code *code) { none(code); }
GIVE void ucnv_setFromUCallBack(void *one, void *call, const void *with, void **old, const void **was, Code *code) { none(code); }
GIVE void ucnv_fromUnicode(void *one, char **to, const char *end, const unsigned short **from, const unsigned short *stop,
                           int *places, signed char flush, Code *code) { none(code); }
GIVE void ucnv_toUnicode(void *one, unsigned short **to, const unsigned short *end, const char **from, const char *stop,
                         int *places, signed char flush, Code *code) { none(code); }
GIVE void ucnv_cbToUWriteUChars(void *with, const unsigned short *from, int length, int place, Code *code) { none(code); }
GIVE void ucnv_cbFromUWriteUChars(void *with, const unsigned short **from, const unsigned short *end, int place, Code *code) { none(code); }
GIVE void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
GIVE void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}

int __stdcall DllMain(void *module, unsigned long why, void *more) { return 1; }
