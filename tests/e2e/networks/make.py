#!/usr/bin/env python3
"""Writes always-ultrasound.onnx beside this file: a network of 221 bytes that calls every picture an ultrasound (needs numpy and onnx).

Input x [n,1,8,8]; output y [n,3], scores: 8 + a tenth of the mean, 0, 0. The file is committed, so only a maintainer runs this.
"""
import os
import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

x = helper.make_tensor_value_info('x', TensorProto.FLOAT, ['n', 1, 8, 8])
y = helper.make_tensor_value_info('y', TensorProto.FLOAT, ['n', 3])
nodes = [
    helper.make_node('GlobalAveragePool', ['x'], ['p']),
    helper.make_node('Flatten', ['p'], ['f'], axis=1),
    helper.make_node('Gemm', ['f', 'w', 'b'], ['y']),
]
weights = [
    numpy_helper.from_array(np.array([[0.1, 0, 0]], np.float32), 'w'),
    numpy_helper.from_array(np.array([8, 0, 0], np.float32), 'b'),
]
graph = helper.make_graph(nodes, 'always-ultrasound', [x], [y], weights)
model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 13)], producer_name='medley-tests')
model.ir_version = 8
onnx.checker.check_model(model)
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'always-ultrasound.onnx'), 'wb') as file:
    file.write(model.SerializeToString())
