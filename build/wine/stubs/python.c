/* python.exe for the proof under Wine: what python.org's does. */
#include <wchar.h>
__declspec(dllimport) int Py_Main(int count, wchar_t **words);
int wmain(int count, wchar_t **words) { return Py_Main(count, words); }
