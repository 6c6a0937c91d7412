using LuceneLsr.Files;
using LuceneLsr.Torch.Arithmetic;
using LuceneLsr.Torch.Weights;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Runs;

/// <summary>
/// AdamW (Loshchilov and Hutter, arXiv 1711.05101, algorithm 2). TorchSharp's own does not keep the scalars of its
/// arithmetic alive (see <see cref="Scalars"/>).
/// </summary>
internal sealed class AdamW : IDisposable
{
    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double Epsilon = 1e-8;

    private static readonly Scalar Keep1 = Beta1, Add1 = 1 - Beta1, Keep2 = Beta2, Add2 = 1 - Beta2, Eps = Epsilon;

    private readonly State[] _states;

    /// <summary>Creates an optimizer of parameters that are already on their device.</summary>
    public AdamW(IEnumerable<Parameter> parameters) =>
        _states = [.. parameters.Select(parameter => new State(parameter))];

    /// <summary>Moves each parameter that has a gradient along it.</summary>
    /// <param name="rates">The learning rate and the weight decay of each parameter.</param>
    public void Step(IReadOnlyList<(double LearningRate, double WeightDecay)> rates)
    {
        using var noGrad = no_grad();
        foreach (var (state, (rate, decay)) in _states.Zip(rates))
        {
            using var gradient = state.Parameter.grad;
            if (gradient is not null)
            {
                Move(state, gradient, rate, decay);
            }
        }
    }

    /// <summary>Clears the gradients.</summary>
    public void ClearGradients()
    {
        foreach (var state in _states)
        {
            using var gradient = state.Parameter.grad;
            gradient?.zero_();
        }
    }

    /// <summary>Writes the moments to a <c>.safetensors</c> file.</summary>
    public void Save(string path) => SafetensorsWriter.Write(
        path, [.. _states.Index().SelectMany(state => state.Item.GetTensors(state.Index))]);

    /// <summary>Reads the moments of an optimizer over the same parameters. If that fails, nothing has changed.</summary>
    /// <exception cref="Tokenization.CheckpointException">The file is corrupt.</exception>
    /// <exception cref="InvalidDataException">It is of other parameters.</exception>
    public void Load(string path)
    {
        using var scope = NewDisposeScope();
        var file = SafetensorsFile.Open(path);
        var pairs = _states.Index().SelectMany(state => state.Item.GetTensors(state.Index))
            .Select(entry => (Target: entry.Value, Stored: file.Read(entry.Name))).ToList();
        Require.Data(file.Names.Count == pairs.Count
            && pairs.All(pair => pair.Stored.shape.SequenceEqual(pair.Target.shape)
                && pair.Stored.dtype == pair.Target.dtype),
            $"{path} has the moments of other parameters");
        using var noGrad = no_grad();
        pairs.ForEach(pair => pair.Target.copy_(pair.Stored));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var state in _states)
        {
            state.Dispose();
        }
    }

    private static void Move(State state, Tensor gradient, double rate, double decay)
    {
        using var scope = NewDisposeScope();
        var step = state.Advance();
        using Scalar shrink = 1 - (rate * decay);
        using Scalar size = -rate / (1 - Math.Pow(Beta1, step));
        state.Parameter.mul_(shrink);
        state.Mean.mul_(Keep1).add_(gradient, Add1);
        state.MeanSquare.mul_(Keep2).addcmul_(gradient, gradient, Add2);
        var deviation = state.MeanSquare.sqrt().DividedBy(Math.Sqrt(1 - Math.Pow(Beta2, step)));
        state.Parameter.addcdiv_(state.Mean, deviation.add_(Eps, Scalars.One), size);
    }

    // The moments of a parameter, and the number of its steps, [1].
    private sealed class State(Parameter parameter) : IDisposable
    {
        private readonly Tensor _steps = Detach(zeros(1, ScalarType.Int64));

        public Parameter Parameter => parameter;

        public Tensor Mean { get; } = Detach(zeros_like(parameter));

        public Tensor MeanSquare { get; } = Detach(zeros_like(parameter));

        public IEnumerable<(string Name, Tensor Value)> GetTensors(int index) =>
            [($"{index}.steps", _steps), ($"{index}.mean", Mean), ($"{index}.mean_square", MeanSquare)];

        public long Advance()
        {
            _steps.add_(Scalars.One, Scalars.One);
            return _steps.item<long>();
        }

        public void Dispose()
        {
            _steps.Dispose();
            Mean.Dispose();
            MeanSquare.Dispose();
        }

        private static Tensor Detach(Tensor moments) => moments.detach().DetachFromDisposeScope();
    }
}
