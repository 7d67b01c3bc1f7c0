/* For the proof under Wine only, never shipped: Qt's screens ask for colour profiles with calls that Wine 8 lacks.
   Here there is no profile, as on a screen without one. */
#define GIVE __declspec(dllexport)
typedef void *Handle;
typedef unsigned long Number;

GIVE Handle WcsCreateIccProfile(Handle one, Number options) { return 0; }
GIVE Handle WcsOpenColorProfileW(Handle one, Handle gamut, Handle map, Number access, Number share, Number make, Number flags) { return 0; }
GIVE Handle OpenColorProfileW(Handle one, Number access, Number share, Number make) { return 0; }
GIVE int CloseColorProfile(Handle one) { return 1; }
GIVE int GetColorProfileFromHandle(Handle one, unsigned char *to, Number *size) { if (size) *size = 0; return 0; }
GIVE int GetColorDirectoryW(Handle machine, Handle to, Number *size) { if (size) *size = 0; return 0; }
GIVE int WcsGetDefaultColorProfile(Number scope, Handle device, Number kind, Number sub, Number id, Number size, Handle to) { return 0; }
GIVE int WcsGetDefaultColorProfileSize(Number scope, Handle device, Number kind, Number sub, Number id, Number *size) { return 0; }

int __stdcall DllMain(void *module, unsigned long why, void *more) { return 1; }
