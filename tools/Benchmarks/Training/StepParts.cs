using LuceneLsr.Torch;
using LuceneLsr.Torch.Checkpoints;
using LuceneLsr.Torch.Heads;
using LuceneLsr.Torch.Models;
using LuceneLsr.Training.Data;
using LuceneLsr.Training.Recipes;
using LuceneLsr.Training.Runs;
using LuceneLsr.Training.Tasks;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace LuceneLsr.Tools.Benchmarks.Training;

/// <summary>
/// The parts of a training step on one batch, to be timed one by one. They make the calls of
/// <see cref="ContrastiveTask"/> and <see cref="TrainingRun"/> on the same tensors each time. Autograd cannot run the
/// head alone, so the decoder and the whole encoder (decoder and head) are timed, forward and backward, with one
/// backward pass for both sides as in a step; the head is the difference. The decoder alone gets a random gradient of
/// its hidden states: the time of dense products does not depend on the values.
/// </summary>
internal sealed class StepParts : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Checkpoint _checkpoint;
    private readonly ContrastiveRecipe _recipe;
    private readonly TrainingBatch _batch;
    private readonly (TextSide Side, TokenBatch Tokens)[] _sides;
    private readonly TrainingOptimizer _optimizer;
    private readonly Tensor[] _hiddenGradients;  // [queries, documents], as all arrays here
    private readonly Tensor[] _weights;
    private readonly Tensor[] _weightGradients;
    private readonly (Parameter Parameter, Tensor Gradient)[] _trained;

    /// <summary>Samples a batch and encodes it.</summary>
    /// <param name="checkpoint">The checkpoint, after a step of the recipe so that its gradients exist.</param>
    /// <param name="recipe">The recipe.</param>
    /// <param name="data">The data folder.</param>
    public StepParts(Checkpoint checkpoint, ContrastiveRecipe recipe, string data)
    {
        (_checkpoint, _recipe) = (checkpoint, recipe);
        using var sampler = new BatchSampler(recipe, data);
        _batch = sampler.Next();
        _sides =
        [
            (TextSide.Query, CreateTokens(_batch.Queries, TextSide.Query, recipe.QueryTokens)),
            (TextSide.Document, CreateTokens(_batch.Documents, TextSide.Document, recipe.DocumentTokens)),
        ];
        _optimizer = new TrainingOptimizer(checkpoint.Model, [], recipe.Steps, recipe.Optimizer);
        _trained = [.. checkpoint.Model.parameters().Where(parameter => parameter.requires_grad)
            .Select(parameter => (parameter, parameter.grad!.clone()))];
        _hiddenGradients = [.. _sides.Select(side =>
            randn([.. side.Tokens.Ids.shape, checkpoint.Model.Config.HiddenSize]))];
        using (no_grad())
        {
            _weights = [.. _sides.Select(ForwardEncoder)];
        }

        _weightGradients = ComputeLossGradients();
    }

    /// <summary>Runs the decoder, forward and backward.</summary>
    public void RunDecoder() => RunPasses(ForwardDecoder, _hiddenGradients);

    /// <summary>Runs the decoder and the head, forward and backward.</summary>
    public void RunEncoder() => RunPasses(ForwardEncoder, _weightGradients);

    /// <summary>
    /// Runs losses and regularizers, forward and backward to the weights, and computes the logged figures.
    /// </summary>
    public void RunLosses()
    {
        using var scope = NewDisposeScope();
        ComputeLossGradients();
    }

    /// <summary>Runs the optimizer: clips the gradient and updates the weights.</summary>
    public void RunOptimizer()
    {
        foreach (var (parameter, gradient) in _trained)
        {
            parameter.grad = gradient; // another part may have cleared it
        }

        _optimizer.Step(0);
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _scope.Dispose();
    }

    private TokenBatch CreateTokens(IReadOnlyList<string> texts, TextSide side, int maxTokens) =>
        _checkpoint.CreateBatch(
            [.. texts.Select(text => _checkpoint.Space.Tokenize(text, maxTokens, out _))], side, CPU);

    private Tensor ForwardDecoder((TextSide Side, TokenBatch Tokens) input) => _checkpoint.Model.forward(input.Tokens);

    private Tensor ForwardEncoder((TextSide Side, TokenBatch Tokens) input) =>
        PooledHead.ComputeTrainableWeights(_checkpoint.Model, input.Tokens, _checkpoint.GetPoolingRule(input.Side));

    private void RunPasses(Func<(TextSide Side, TokenBatch Tokens), Tensor> forward, Tensor[] gradients)
    {
        using var scope = NewDisposeScope();
        _optimizer.ClearGradients();
        autograd.backward([.. _sides.Select(forward)], gradients);
    }

    private Tensor[] ComputeLossGradients()
    {
        Tensor[] weights = [.. _weights.Select(weights => weights.detach().requires_grad_())];
        var (sum, _) = new ContrastiveObjective(_recipe).Compute(_batch, weights[0], weights[1], step: 0);
        BatchSparsity.Measure(weights[0], weights[1]).ThrowIfCollapsed(_recipe, step: 0, sum);
        sum.backward();
        return [.. weights.Select(side => side.grad!)];
    }
}
