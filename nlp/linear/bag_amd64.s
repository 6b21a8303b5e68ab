#include "textflag.h"

// func sum32(weights *byte, rows *int32, n int, sums *uint64)
TEXT ·sum32(SB), NOSPLIT, $0-32
	MOVQ weights+0(FP), SI
	MOVQ rows+8(FP), DI
	MOVQ n+16(FP), CX
	MOVQ sums+24(FP), DX
	VPXOR    Y0, Y0, Y0  // sums of the even bytes, in lanes of 16 bits
	VPXOR    Y1, Y1, Y1  // sums of the odd bytes
	VPCMPEQW Y5, Y5, Y5
	VPSRLW   $8, Y5, Y5  // 0x00FF in every lane

pair:
	CMPQ CX, $2
	JLT  done
	MOVLQSX (DI), R8
	MOVLQSX 4(DI), R9
	VMOVDQU (SI)(R8*1), Y2
	VPADDB  (SI)(R9*1), Y2, Y2
	VPAND   Y5, Y2, Y3
	VPADDW  Y3, Y0, Y0
	VPSRLW  $8, Y2, Y2
	VPADDW  Y2, Y1, Y1
	ADDQ $8, DI
	SUBQ $2, CX
	JMP  pair

done:
	// Words of even and of odd bytes in turn, as the sums stand.
	VPUNPCKLQDQ Y1, Y0, Y2
	VPUNPCKHQDQ Y1, Y0, Y3
	VPERM2I128  $0x20, Y3, Y2, Y4
	VPERM2I128  $0x31, Y3, Y2, Y6
	VMOVDQU Y4, (DX)
	VMOVDQU Y6, 32(DX)
	VZEROUPPER
	RET

// func project8(h, out, scores *float32, units, labels int)
TEXT ·project8(SB), NOSPLIT, $0-40
	MOVQ out+8(FP), R8
	MOVQ scores+16(FP), DI
	MOVQ labels+32(FP), CX
	MOVQ CX, R9
	SHLQ $2, R9             // bytes of a unit's weights
	LEAQ (R9)(R9*2), R10

eight:
	CMPQ CX, $8
	JLT  end
	MOVQ h+0(FP), SI
	MOVQ units+24(FP), BX
	MOVQ R8, R11
	VXORPS Y0, Y0, Y0

four:
	CMPQ BX, $4
	JLT  store
	VBROADCASTSS (SI), Y1
	VBROADCASTSS 4(SI), Y2
	VBROADCASTSS 8(SI), Y3
	VBROADCASTSS 12(SI), Y4
	VMULPS (R11), Y1, Y1
	VMULPS (R11)(R9*1), Y2, Y2
	VMULPS (R11)(R9*2), Y3, Y3
	VMULPS (R11)(R10*1), Y4, Y4
	VADDPS Y2, Y1, Y1
	VADDPS Y4, Y3, Y3
	VADDPS Y3, Y1, Y1
	VADDPS Y1, Y0, Y0
	ADDQ $16, SI
	LEAQ (R11)(R9*4), R11
	SUBQ $4, BX
	JMP  four

store:
	VMOVUPS Y0, (DI)
	ADDQ $32, DI
	ADDQ $32, R8
	SUBQ $8, CX
	JMP  eight

end:
	VZEROUPPER
	RET
