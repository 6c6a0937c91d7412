namespace LuceneLsr.Tools.Trainer.Options;

/// <summary>The file format of an exported checkpoint's weights.</summary>
internal enum WeightsFormat
{
    /// <summary>model.safetensors, for TorchSharp.</summary>
    Safetensors,

    /// <summary>model.onnx, for ONNX Runtime.</summary>
    Onnx,
}
