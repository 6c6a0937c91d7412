using LuceneLsr.TestSupport;
using LuceneLsr.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Runs;

/// <summary>Compares with TorchSharp's AdamW, which differs only in that it does not keep its scalars alive.</summary>
public sealed class AdamWTests : IDisposable
{
    private const int Steps = 20;
    private const double WeightDecay = 0.1;

    private readonly TemporaryFolder _folder = new();
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Steps_equal_those_of_TorchSharp()
    {
        Parameter actual = CreateParameter(), expected = CreateParameter();
        using var ours = new Training.Runs.AdamW([actual]);
        using var theirs = optim.AdamW([expected], lr: 0, weight_decay: WeightDecay);
        foreach (var step in Enumerable.Range(0, Steps))
        {
            SetGradients(step, actual, expected);
            ours.Step([(GetRate(step), WeightDecay)]);
            theirs.ParamGroups.Single().LearningRate = GetRate(step);
            theirs.step();
        }

        Assert.Equal(expected.data<float>().ToArray(), actual.data<float>().ToArray());
    }

    /// <summary>
    /// After the first step the mean is 0.1 g and the mean square 0.001 g^2; corrected, they are g and g^2. So the
    /// parameter moves by the rate, after it has shrunk by the rate times the decay.
    /// </summary>
    [Fact]
    public void First_step_moves_by_the_rate()
    {
        var parameter = nn.Parameter(tensor([2f, -3f]));
        parameter.grad = tensor([5f, -0.01f]);
        using var optimizer = new Training.Runs.AdamW([parameter]);
        optimizer.Step([(0.5, WeightDecay)]);
        float[] expected = [(2 * 0.95f) - 0.5f, (-3 * 0.95f) + 0.5f];
        Assert.All(expected.Zip(parameter.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Parameter_without_gradient_does_not_move()
    {
        var parameter = nn.Parameter(tensor([2f]));
        using var optimizer = new Training.Runs.AdamW([parameter]);
        optimizer.Step([(0.5, WeightDecay)]);
        Assert.Equal(2, parameter.item<float>());
    }

    [Fact]
    public void Loaded_moments_continue_the_steps()
    {
        Parameter whole = CreateParameter(), resumed = CreateParameter();
        using var first = new Training.Runs.AdamW([whole]);
        Take(first, whole, 0, 5);
        first.Save(_folder.File("moments.safetensors"));
        using (no_grad())
        {
            resumed.copy_(whole);
        }

        using var second = new Training.Runs.AdamW([resumed]);
        second.Load(_folder.File("moments.safetensors"));
        Take(first, whole, 5, Steps);
        Take(second, resumed, 5, Steps);
        Assert.Equal(whole.data<float>().ToArray(), resumed.data<float>().ToArray());
    }

    [Fact]
    public void Moments_of_other_parameters_are_refused()
    {
        using var one = new Training.Runs.AdamW([CreateParameter()]);
        one.Save(_folder.File("moments.safetensors"));
        using var other = new Training.Runs.AdamW([nn.Parameter(zeros(2))]);
        Assert.Contains("has the moments of other parameters", Assert.Throws<InvalidDataException>(
            () => other.Load(_folder.File("moments.safetensors"))).Message, StringComparison.Ordinal);
    }

    private static void Take(Training.Runs.AdamW optimizer, Parameter parameter, int start, int end)
    {
        for (var step = start; step < end; step++)
        {
            SetGradients(step, parameter);
            optimizer.Step([(GetRate(step), WeightDecay)]);
        }
    }

    private static Parameter CreateParameter() => nn.Parameter(arange(12, ScalarType.Float32).view(3, 4) / 7);

    private static double GetRate(int step) => 0.01 * (step + 1);

    private static void SetGradients(int step, params Parameter[] parameters)
    {
        using var generator = new Generator((ulong)step);
        var gradient = randn([3, 4], generator: generator);
        foreach (var parameter in parameters)
        {
            parameter.grad = gradient.clone();
        }
    }
}
