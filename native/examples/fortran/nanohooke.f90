! SPDX-License-Identifier: Apache-2.0
! nanohooke_c.h for Fortran 2003: names, meanings, units and errors are those of the header. Matrices are row-major
! there; elastic tensors are symmetric, so that it does not matter, and a cell's vectors a, b, c are the columns of
! cell(3,3).
module nanohooke
  use, intrinsic :: iso_c_binding
  implicit none
  private
  public :: nanohooke_model_open, nanohooke_model_close, nanohooke_model_image, nanohooke_pack_image, &
       nanohooke_predict, nanohooke_predict_uncertain, nanohooke_relaxed, nanohooke_designed, nanohooke_tensor, &
       nanohooke_tensor_in_axes, nanohooke_potential_open, &
       nanohooke_potential_close, &
       nanohooke_statics_defaults, nanohooke_statics, nanohooke_message, nanohooke_statics_options, &
       nanohooke_statics_result

  integer(c_int32_t), parameter :: nanohooke_relaxed = 0, nanohooke_designed = 1

  type, bind(c) :: nanohooke_statics_options
     real(c_double) :: force_tolerance, stress_tolerance
     integer(c_int32_t) :: max_evaluations, cells, drop_islands, reserved
  end type nanohooke_statics_options

  type, bind(c) :: nanohooke_statics_result
     integer(c_int32_t) :: outcome, has_tensor, atoms, cells, percolation, islands, island_atoms, certificate, &
          evaluations, reserved
     real(c_double) :: tensor(6, 6), cell(3, 3), energy, max_force, max_stress, seconds
  end type nanohooke_statics_result

  interface
     integer(c_int) function nanohooke_model_open(path, average, threads, sessions, model) bind(c)
       import
       character(kind=c_char), intent(in) :: path(*)
       integer(c_int32_t), value :: average, threads, sessions
       type(c_ptr), intent(out) :: model
     end function nanohooke_model_open

     subroutine nanohooke_model_close(model) bind(c)
       import
       type(c_ptr), value :: model
     end subroutine nanohooke_model_close

     integer(c_int) function nanohooke_model_image(model, pixels, bytes) bind(c)
       import
       type(c_ptr), value :: model
       integer(c_int32_t), intent(out) :: pixels
       integer(c_int64_t), intent(out) :: bytes
     end function nanohooke_model_image

     ! solid(column, row): rows from the top.
     integer(c_int) function nanohooke_pack_image(pixels, solid, packed) bind(c)
       import
       integer(c_int32_t), value :: pixels
       integer(c_int8_t), intent(in) :: solid(*)
       integer(c_int8_t), intent(out) :: packed(*)
     end function nanohooke_pack_image

     ! constants(13, count); spread and expected may be c_null_ptr.
     integer(c_int) function nanohooke_predict(model, count, images, constants, spread, expected) bind(c)
       import
       type(c_ptr), value :: model
       integer(c_int64_t), value :: count
       integer(c_int8_t), intent(in) :: images(*)
       real(c_double), intent(out) :: constants(*)
       type(c_ptr), value :: spread, expected
     end function nanohooke_predict

     ! shows: what the images show; uncertainty(13, count) and largest(count) may be c_null_ptr.
     integer(c_int) function nanohooke_predict_uncertain(model, shows, count, images, constants, uncertainty, &
          largest) bind(c)
       import
       type(c_ptr), value :: model
       integer(c_int32_t), value :: shows
       integer(c_int64_t), value :: count
       integer(c_int8_t), intent(in) :: images(*)
       real(c_double), intent(out) :: constants(*)
       type(c_ptr), value :: uncertainty, largest
     end function nanohooke_predict_uncertain

     integer(c_int) function nanohooke_tensor(constants, tensor) bind(c)
       import
       real(c_double), intent(in) :: constants(13)
       real(c_double), intent(out) :: tensor(6, 6)
     end function nanohooke_tensor

     integer(c_int) function nanohooke_tensor_in_axes(model, constants, cell, tensor) bind(c)
       import
       type(c_ptr), value :: model
       real(c_double), intent(in) :: constants(13), cell(3, 3)
       real(c_double), intent(out) :: tensor(6, 6)
     end function nanohooke_tensor_in_axes

     integer(c_int) function nanohooke_potential_open(path, element, potential) bind(c)
       import
       character(kind=c_char), intent(in) :: path(*), element(*)
       type(c_ptr), intent(out) :: potential
     end function nanohooke_potential_open

     subroutine nanohooke_potential_close(potential) bind(c)
       import
       type(c_ptr), value :: potential
     end subroutine nanohooke_potential_close

     subroutine nanohooke_statics_defaults(options) bind(c)
       import
       type(nanohooke_statics_options), intent(out) :: options
     end subroutine nanohooke_statics_defaults

     ! positions(3, count); relaxed may be c_null_ptr.
     integer(c_int) function nanohooke_statics(potential, count, positions, cell, options, result, relaxed) bind(c)
       import
       type(c_ptr), value :: potential
       integer(c_int32_t), value :: count
       real(c_double), intent(in) :: positions(3, *), cell(3, 3)
       type(nanohooke_statics_options), intent(in) :: options
       type(nanohooke_statics_result), intent(out) :: result
       type(c_ptr), value :: relaxed
     end function nanohooke_statics
  end interface

  interface
     type(c_ptr) function nanohooke_last_error() bind(c)
       import
     end function nanohooke_last_error
  end interface

contains

  ! The message of the last failed call of this thread.
  function nanohooke_message() result(message)
    character(len=:), allocatable :: message
    character(kind=c_char), pointer :: text(:)
    integer :: n
    call c_f_pointer(nanohooke_last_error(), text, [1024])
    n = 0
    message = ''
    do while (text(n + 1) /= c_null_char)
       n = n + 1
       message = message // text(n)
    end do
  end function nanohooke_message
end module nanohooke
