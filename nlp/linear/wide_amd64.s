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

// Words of two registers in turn: for the lower halves and for the upper ones.
DATA lower<>+0(SB)/8, $0
DATA lower<>+8(SB)/8, $8
DATA lower<>+16(SB)/8, $1
DATA lower<>+24(SB)/8, $9
DATA lower<>+32(SB)/8, $2
DATA lower<>+40(SB)/8, $10
DATA lower<>+48(SB)/8, $3
DATA lower<>+56(SB)/8, $11
GLOBL lower<>(SB), RODATA, $64
DATA upper<>+0(SB)/8, $4
DATA upper<>+8(SB)/8, $12
DATA upper<>+16(SB)/8, $5
DATA upper<>+24(SB)/8, $13
DATA upper<>+32(SB)/8, $6
DATA upper<>+40(SB)/8, $14
DATA upper<>+48(SB)/8, $7
DATA upper<>+56(SB)/8, $15
GLOBL upper<>(SB), RODATA, $64

// func sum64(weights *byte, rows *int32, n int, sums *uint64)
TEXT ·sum64(SB), NOSPLIT, $0-32
	MOVQ weights+0(FP), SI
	MOVQ rows+8(FP), DI
	MOVQ n+16(FP), CX
	MOVQ sums+24(FP), DX
	VPXORQ Z0, Z0, Z0
	VPXORQ Z1, Z1, Z1
	VPTERNLOGD $0xFF, Z5, Z5, Z5
	VPSRLW $8, Z5, Z5

pair64:
	CMPQ CX, $2
	JLT  done64
	MOVLQSX (DI), R8
	MOVLQSX 4(DI), R9
	VMOVDQU8 (SI)(R8*1), Z2
	VPADDB  (SI)(R9*1), Z2, Z2
	VPANDD  Z5, Z2, Z3
	VPADDW  Z3, Z0, Z0
	VPSRLW  $8, Z2, Z2
	VPADDW  Z2, Z1, Z1
	ADDQ $8, DI
	SUBQ $2, CX
	JMP  pair64

done64:
	VMOVDQU64 lower<>(SB), Z2
	VMOVDQU64 upper<>(SB), Z3
	VPERMI2Q Z1, Z0, Z2
	VPERMI2Q Z1, Z0, Z3
	VMOVDQU64 Z2, (DX)
	VMOVDQU64 Z3, 64(DX)
	VZEROUPPER
	RET

// func lift8(h *float32, sums *uint64, bias, scale *float32, zero, units int)
TEXT ·lift8(SB), NOSPLIT, $0-48
	MOVQ h+0(FP), DI
	MOVQ sums+8(FP), SI
	MOVQ bias+16(FP), DX
	MOVQ scale+24(FP), BX
	MOVQ zero+32(FP), AX
	MOVQ units+40(FP), CX
	VBROADCASTSS (BX), Y7
	VMOVD AX, X6
	VPBROADCASTD X6, Y6
	VXORPS Y5, Y5, Y5

eightUnits:
	VMOVDQU (SI), X0          // sums of the even bytes of a word, and of the odd ones
	VPSRLDQ $8, X0, X1
	VPUNPCKLWD X1, X0, X0
	VPMOVZXWD X0, Y0
	VPSUBD Y6, Y0, Y0
	VCVTDQ2PS Y0, Y0
	VMULPS Y7, Y0, Y0
	VADDPS (DX), Y0, Y0
	VMAXPS Y5, Y0, Y0
	VMOVUPS Y0, (DI)
	ADDQ $16, SI
	ADDQ $32, DX
	ADDQ $32, DI
	SUBQ $8, CX
	JNZ  eightUnits
	VZEROUPPER
	RET

// func prefetch(b *byte, at *uint32, n, wide int)
TEXT ·prefetch(SB), NOSPLIT, $0-32
	MOVQ b+0(FP), SI
	MOVQ at+8(FP), DI
	MOVQ n+16(FP), CX
	MOVQ wide+24(FP), DX

row:
	MOVL       (DI), R8
	IMULQ      DX, R8
	ADDQ       SI, R8
	PREFETCHT0 (R8)
	PREFETCHT0 -1(R8)(DX*1)
	ADDQ       $4, DI
	DECQ       CX
	JNZ        row
	RET

// SCALE sets to to the high words of the products of from and n, which has 32 bits.
#define SCALE(from, n, to, a) \
	VPSRLQ   $32, from, a \
	VPMULUDQ n, from, to \
	VPSRLQ   $32, to, to \
	VPMULUDQ n, a, a \
	VPADDQ   a, to, to \
	VPSRLQ   $32, to, to

// FEATURES sets Z0 to the next eight features at SI; CX is how many are left, and those
// beyond are 0.
#define FEATURES(all) \
	CMPQ CX, $8 \
	JGE  all \
	MOVQ $1, AX \
	SHLQ CX, AX \
	DECQ AX \
	KMOVW AX, K1 \
all: \
	VMOVDQU64.Z (SI), K1, Z0

// func find8(fs *uint64, n int, displacements *byte, buckets, slots int, at *[stride]uint32)
TEXT ·find8(SB), NOSPLIT, $256-48
	MOVQ fs+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ at+40(FP), DI
	VPBROADCASTQ buckets+24(FP), Z16
	MOVQ  $0xFF, AX
	KMOVW AX, K1

buckets:
	FEATURES(eight)
	SCALE(Z0, Z16, Z3, Z1)
	VPMOVQD Z3, Y3
	VMOVDQU Y3, (DI)
	ADDQ    $64, SI
	ADDQ    $32, DI
	SUBQ    $8, CX
	JG      buckets

	// Their displacements: a gathering instruction takes twice as long.
	MOVQ at+40(FP), DI
	MOVQ displacements+16(FP), DX
	MOVQ n+8(FP), CX
	LEAQ buffer-256(SP), R11

displacements:
	MOVL    (DI), R8
	MOVL    4(DI), R9
	MOVL    8(DI), R10
	MOVL    12(DI), R12
	MOVWLZX (DX)(R8*2), R8
	MOVWLZX (DX)(R9*2), R9
	MOVWLZX (DX)(R10*2), R10
	MOVWLZX (DX)(R12*2), R12
	MOVL    R8, (R11)
	MOVL    R9, 4(R11)
	MOVL    R10, 8(R11)
	MOVL    R12, 12(R11)
	ADDQ    $16, DI
	ADDQ    $16, R11
	SUBQ    $4, CX
	JG      displacements

	MOVQ fs+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ at+40(FP), DI
	LEAQ buffer-256(SP), R11
	VPBROADCASTQ slots+32(FP), Z17
	MOVQ $0x9E3779B97F4A7C15, AX
	VPBROADCASTQ AX, Z18
	MOVQ $0xC2B2AE3D27D4EB4F, AX
	VPBROADCASTQ AX, Z19
	MOVQ  $0xFF, AX
	KMOVW AX, K1

places:
	FEATURES(eights)
	VPMOVZXDQ (R11), Z4
	VPMULLQ   Z18, Z4, Z4
	VPXORQ    Z0, Z4, Z4
	VPMULLQ   Z19, Z4, Z4
	SCALE(Z4, Z17, Z3, Z1)
	VPMOVQD   Z3, Y3
	VMOVDQU   Y3, (DI)
	ADDQ      $64, SI
	ADDQ      $32, DI
	ADDQ      $32, R11
	SUBQ      $8, CX
	JG        places
	VZEROUPPER
	RET

// func rows8(fs *uint64, n int, at *[stride]uint32, slots *byte, size int, rows *int32) int
TEXT ·rows8(SB), NOSPLIT, $256-56
	MOVQ n+8(FP), CX
	MOVQ at+16(FP), DI
	MOVQ slots+24(FP), BX
	LEAQ buffer-256(SP), R11

slots:
	MOVL (DI), R8
	MOVL 4(DI), R9
	MOVL 8(DI), R10
	MOVL 12(DI), R12
	MOVL (BX)(R8*4), R8
	MOVL (BX)(R9*4), R9
	MOVL (BX)(R10*4), R10
	MOVL (BX)(R12*4), R12
	MOVL R8, (R11)
	MOVL R9, 4(R11)
	MOVL R10, 8(R11)
	MOVL R12, 12(R11)
	ADDQ $16, DI
	ADDQ $16, R11
	SUBQ $4, CX
	JG   slots

	MOVQ fs+0(FP), SI
	MOVQ n+8(FP), CX
	MOVQ rows+40(FP), DI
	LEAQ buffer-256(SP), R11
	VPBROADCASTD size+32(FP), Y21
	MOVQ $0xFFFF, AX
	VPBROADCASTD AX, Y22
	MOVQ  $0xFF, AX
	KMOVW AX, K1

rows:
	FEATURES(eight)
	VMOVDQU     (R11), Y4
	VPMOVQD     Z0, Y5
	VPANDD      Y22, Y5, Y5
	VPSRLD      $16, Y4, Y6
	VPCMPEQD    Y6, Y5, K1, K3
	VPANDD      Y22, Y4, Y4
	VPMULLD     Y21, Y4, Y4
	VPCOMPRESSD Y4, K3, Y7
	VMOVDQU     Y7, (DI)
	KMOVW       K3, AX
	POPCNTL     AX, AX
	LEAQ        (DI)(AX*4), DI
	ADDQ        $64, SI
	ADDQ        $32, R11
	SUBQ        $8, CX
	JG          rows
	MOVQ rows+40(FP), AX
	SUBQ AX, DI
	SHRQ $2, DI
	MOVQ DI, ret+48(FP)
	VZEROUPPER
	RET

// func sumRows(rows *byte, fs *uint64, at *uint32, n, wide int, none *byte, sums *[8]uint16)
TEXT ·sumRows(SB), NOSPLIT, $0-56
	MOVQ rows+0(FP), SI
	MOVQ fs+8(FP), BX
	MOVQ at+16(FP), DI
	MOVQ n+24(FP), CX
	MOVQ wide+32(FP), DX
	MOVQ none+40(FP), R10
	MOVQ sums+48(FP), R11
	VPXOR X0, X0, X0

row:
	MOVL      (DI), R8
	IMULQ     DX, R8
	MOVL      (SI)(R8*1), AX
	LEAQ      3(SI)(R8*1), R9
	XORL      (BX), AX
	TESTL     $0xFFFFFF, AX
	CMOVQNE   R10, R9
	VPMOVZXBW (R9), X1
	VPADDW    X1, X0, X0
	ADDQ      $4, DI
	ADDQ      $8, BX
	DECQ      CX
	JNZ       row
	VMOVDQU   X0, (R11)
	RET

// func sumSigned(slots, weights *byte, fs *uint64, at *uint32, n, labels int, none *byte, sums *[48]int16)
TEXT ·sumSigned(SB), NOSPLIT, $0-64
	MOVQ slots+0(FP), SI
	MOVQ weights+8(FP), R12
	MOVQ fs+16(FP), BX
	MOVQ at+24(FP), DI
	MOVQ n+32(FP), CX
	MOVQ labels+40(FP), DX
	MOVQ none+48(FP), R10
	MOVQ sums+56(FP), R11
	VPXOR Y0, Y0, Y0
	VPXOR Y1, Y1, Y1
	VPXOR Y2, Y2, Y2

row:
	MOVL      (DI), R8
	MOVQ      R8, R9
	IMULQ     DX, R9
	ADDQ      R12, R9
	MOVL      (SI)(R8*8), AX
	CMPL      AX, (BX)
	CMOVQNE   R10, R9
	VPMOVSXBW (R9), Y3
	VPMOVSXBW 16(R9), Y4
	VPMOVSXBW 32(R9), Y5
	VPADDW    Y3, Y0, Y0
	VPADDW    Y4, Y1, Y1
	VPADDW    Y5, Y2, Y2
	ADDQ      $4, DI
	ADDQ      $8, BX
	DECQ      CX
	JNZ       row
	VMOVDQU   Y0, (R11)
	VMOVDQU   Y1, 32(R11)
	VMOVDQU   Y2, 64(R11)
	VZEROUPPER
	RET
