! SPDX-License-Identifier: Apache-2.0
! Network and statics from Fortran:
!
!   gfortran nanohooke.f90 predict.f90 $(pkg-config --libs nanohooke_c) -o predict
!   models=$(pkg-config --variable=models nanohooke_c)
!   ./predict $models/nanohooke-al.safetensors $models/Al99.eam.alloy
program predict
  use, intrinsic :: iso_c_binding
  use nanohooke
  implicit none
  integer, parameter :: cells = 4
  real(c_double), parameter :: a = 4.05d0
  type(c_ptr) :: model, potential
  integer(c_int32_t) :: pixels, row, column, atoms
  integer(c_int64_t) :: bytes
  integer(c_int8_t), allocatable :: solid(:, :), packed(:)
  real(c_double), target :: constants(13), uncertainty(13), largest
  real(c_double) :: cell(3, 3), positions(3, 4 * cells**2), basis(3, 4)
  type(nanohooke_statics_options) :: options
  type(nanohooke_statics_result) :: answer
  integer :: i, j, b

  call check(nanohooke_model_open(argument(1), 1, 2, 1, model))
  call check(nanohooke_model_image(model, pixels, bytes))
  allocate (solid(pixels, pixels), packed(bytes))
  do row = 1, pixels
     do column = 1, pixels
        ! A round pore in the middle, a fifth of the cell's edge in radius.
        solid(column, row) = merge(0_c_int8_t, 1_c_int8_t, &
             ((row - 0.5d0) / pixels - 0.5d0)**2 + ((column - 0.5d0) / pixels - 0.5d0)**2 <= 0.04d0)
     end do
  end do
  call check(nanohooke_pack_image(pixels, solid, packed))
  call check(nanohooke_predict_uncertain(model, nanohooke_relaxed, 1_c_int64_t, packed, constants, &
       c_loc(uncertainty), c_loc(largest)))
  print '(a, 3f10.4, a, f7.4)', 'network, GPa: C11 C12 C66 ', constants([1, 4, 9]), '; off by at most ', largest
  print '(a, f10.4, a, f8.4)', 'C11 ', constants(1), ' +- ', uncertainty(1)
  call nanohooke_model_close(model)

  ! Aluminium without one row of atoms along z.
  basis = 0.5d0 * a * reshape([0, 0, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1], [3, 4])
  cell = reshape([cells * a, 0d0, 0d0, 0d0, cells * a, 0d0, 0d0, 0d0, a], [3, 3])
  atoms = 0
  do i = 0, cells - 1
     do j = 0, cells - 1
        do b = 1, 4
           if (i == 0 .and. j == 0 .and. b == 1) cycle
           atoms = atoms + 1
           positions(:, atoms) = [i * a, j * a, 0d0] + basis(:, b)
        end do
     end do
  end do
  call check(nanohooke_potential_open(argument(2), 'Al' // c_null_char, potential))
  call nanohooke_statics_defaults(options)
  call check(nanohooke_statics(potential, atoms, positions, cell, options, answer, c_null_ptr))
  if (answer%outcome /= 0) error stop 'no stable minimum'
  print '(a, i0, a, 3f10.4)', 'statics, ', answer%atoms, ' atoms, GPa: C11 C12 C66 ', &
       answer%tensor(1, 1), answer%tensor(1, 2), answer%tensor(6, 6)
  call nanohooke_potential_close(potential)

contains

  function argument(k) result(text)
    integer, intent(in) :: k
    character(len=4096) :: text
    call get_command_argument(k, text)
    if (text == '') error stop 'usage: predict MODEL.safetensors POTENTIAL.eam.alloy'
    text = trim(text) // c_null_char
  end function argument

  subroutine check(status)
    integer(c_int), intent(in) :: status
    if (status == 0) return
    print '(a)', 'nanohooke: ' // nanohooke_message()
    error stop 1
  end subroutine check
end program predict
