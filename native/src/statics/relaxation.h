// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <optional>

#include "statics/fire.h"
#include "statics/motion.h"
#include "statics/newton_model.h"
#include "statics/tuning.h"

namespace nanohooke::statics {

/** Forwards progress to the caller's callback and turns its wish to stop into Error(NH_CANCELLED). */
class Observer {
public:
    Observer(nh_progress call, void *user) : call_(call), user_(user) {}
    void report(int stage, int iteration, double max_force, double max_stress) const;

private:
    nh_progress call_;
    void *user_;
};

enum class Descent {
    converged,
    /** Converged on a stationary point whose Hessian is not positive definite, perturbations notwithstanding. */
    saddle,
    /** Out of iterations, or no step lowers the energy any more. */
    stopped
};

/**
 * Relaxes atoms and cell of a crystal to the minimum that gentle descent from its start leads to: FIRE at the fixed
 * box until the Hessian is positive definite and its quadratic model predicts what a step does, then quasi-Newton
 * steps on atoms and strain together, preconditioned by that Hessian.
 */
class Relaxation {
public:
    /**
     * `stage` is the progress stage of the gentle phase; the Newton phase reports stage + 1. A start that is known to
     * be a saddle comes with the operations that a factorisation is going to take, and the Hessian is first tried
     * after as much work; 0 tries it as soon as forces are small. `model`: of the in-plane block or the full one.
     */
    Relaxation(Crystal &crystal, bool planar, const Settings &settings, const Observer &observer, int stage,
               double saddle_operations, std::unique_ptr<NewtonModel> model, Ledger &ledger);

    Descent run();

    const eam::Evaluator &evaluator() const { return evaluator_; }
    eam::Evaluator &evaluator() { return evaluator_; }
    /** To be built anew at the minimum; keeps its analysis and memory. */
    NewtonModel &model() { return *model_; }
    /** A saddle was met and left on the way. */
    bool left_saddle() const { return saddles_ > 0; }
    /** An nh_stop. */
    int stop() const { return stop_; }

private:
    enum class Newton { converged, stopped, indefinite };

    void gentle(int until);
    bool build_model(NewtonModel::Verdict verdict);
    int steps_per_attempt(double operations) const;
    int next_attempt() const;
    void restart_descent();
    bool trusted_step();
    Newton quasi_newton();
    Newton stopped(int reason);
    double distance_to_tolerance() const;
    void evaluate() { evaluator_.evaluate(crystal_.x, crystal_.h); }

    Crystal &crystal_;
    bool planar_;
    const Settings &settings_;
    const Observer &observer_;
    int stage_;
    double saddle_operations_;
    Ledger &ledger_;
    eam::Evaluator evaluator_;
    std::unique_ptr<NewtonModel> model_;
    std::optional<Fire> fire_;
    int fire_steps_ = 0;
    int descent_began_ = 0;  // the step
    int iterations_ = 0;
    int saddles_ = 0;
    int stop_ = NH_STOP_NONE;
};

/** A model of the kind that the options ask for: factorised, or solved by iterations. */
std::unique_ptr<NewtonModel> model_of(const Crystal &crystal, eam::Block block, const Settings &settings);

/** Diagonal shift of a block: the options' for full Hessians, none for planar ones, whose pins are complete. */
double diagonal_shift(bool planar, const Settings &settings);

}  // namespace nanohooke::statics
