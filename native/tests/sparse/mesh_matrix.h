// SPDX-License-Identifier: Apache-2.0
//
// Matrices with the pattern of finite elements on a rectangle or a brick, positive definite unless shifted.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

struct MeshMatrix {
    int nodes = 0, size = 0;
    std::vector<int> first{0}, row;
    std::vector<double> values, coordinates;

    int order() const { return nodes * size; }

    /** y = A x */
    std::vector<double> times(const std::vector<double> &x) const {
        std::vector<double> y(x.size(), 0.0);
        for (int j = 0; j < nodes; ++j)
            for (int e = first[j]; e < first[j + 1]; ++e)
                for (int a = 0; a < size; ++a)
                    for (int b = 0; b < size; ++b) {
                        const double v = values[(std::size_t(e) * size + a) * size + b];
                        y[row[e] * size + a] += v * x[j * size + b];
                        if (row[e] != j) y[j * size + b] += v * x[row[e] * size + a];
                    }
        return y;
    }
};

/** Nodes that a mesh lacks: those inside faces and elements (Q8 and H20 have none), those held at both ends. */
struct Lacking {
    bool inner = false, ends = false;
};

/** Elements with three nodes along each edge (Q9, or H27 with nz > 0); `size` freedoms a node. */
inline MeshMatrix mesh_matrix(int nx, int ny, int nz, int size, double shift = 0.0, Lacking lacking = {}) {
    MeshMatrix m;
    m.size = size;
    const int px = 2 * nx + 1, py = 2 * ny + 1, pz = 2 * nz + 1;
    std::vector<int> number;
    for (int x = 0; x < px; ++x)
        for (int y = 0; y < py; ++y)
            for (int z = 0; z < pz; ++z) {
                const bool absent =
                    (lacking.inner && x % 2 + y % 2 + z % 2 > 1) || (lacking.ends && (x == 0 || x == px - 1));
                number.push_back(absent ? -1 : m.nodes++);
            }
    // The neighbours of a point along one axis: those of the elements that it belongs to.
    const auto reach = [](int i, int n, int &low, int &high) {
        low = i % 2 ? i - 1 : std::max(0, i - 2);
        high = i % 2 ? i + 1 : std::min(n - 1, i + 2);
    };
    std::uint64_t state = 12345;
    const auto random = [&] {
        state = state * 6364136223846793005ULL + 1442695040888963407ULL;
        return double(state >> 11) / 9007199254740992.0 - 0.5;
    };
    std::vector<double> weight;
    weight.assign(std::size_t(m.nodes) * size, 1.0 + shift);
    for (int x = 0; x < px; ++x)
        for (int y = 0; y < py; ++y)
            for (int z = 0; z < pz; ++z) {
                const int j = number[(x * py + y) * pz + z];
                if (j < 0) continue;
                m.coordinates.insert(m.coordinates.end(), {double(x), double(y), double(z)});
                int x0, x1, y0, y1, z0, z1;
                reach(x, px, x0, x1);
                reach(y, py, y0, y1);
                reach(z, pz, z0, z1);
                for (int u = x0; u <= x1; ++u)
                    for (int v = y0; v <= y1; ++v)
                        for (int w = z0; w <= z1; ++w) {
                            const int i = number[(u * py + v) * pz + w];
                            if (i < j) continue;
                            m.row.push_back(i);
                            for (int a = 0; a < size; ++a)
                                for (int b = 0; b < size; ++b) {
                                    const double value = i == j ? 0.0 : random();
                                    m.values.push_back(value);
                                    weight[i * size + a] += std::fabs(value);
                                    weight[j * size + b] += std::fabs(value);
                                }
                        }
                m.first.push_back(int(m.row.size()));
            }
    for (int j = 0; j < m.nodes; ++j)
        for (int a = 0; a < size; ++a) m.values[(std::size_t(m.first[j]) * size + a) * size + a] = weight[j * size + a];
    return m;
}
