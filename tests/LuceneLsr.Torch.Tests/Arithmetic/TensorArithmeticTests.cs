using LuceneLsr.Torch.Arithmetic;
using TorchSharp;
using static TorchSharp.torch;

namespace LuceneLsr.Torch.Tests.Arithmetic;

public class TensorArithmeticTests
{
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(5);

    /// <summary>
    /// With TorchSharp's operators, (x * 2.5) / 4 failed 19 of 200,947 times in 20 seconds ("Expected false to be
    /// true"), because the scalars were freed during the calls.
    /// </summary>
    [Fact]
    public async Task Arithmetic_while_the_garbage_collector_runs_all_the_time_is_right()
    {
        using var stop = new CancellationTokenSource(Duration);
        var collector = Task.Run(() => CollectUntil(stop.Token), TestContext.Current.CancellationToken);
        using var one = ones(1);
        while (!stop.IsCancellationRequested)
        {
            using var scope = NewDisposeScope();
            Assert.Equal(0.625f, one.Times(2.5).DividedBy(4).item<float>());
            Assert.Equal(3.5f, one.Plus(2.5).ToPower(1).AtLeast(-1).AtMost(9).item<float>());
            Assert.True(one.IsAbove(0.5).item<bool>() && one.IsBelow(1.5).item<bool>());
        }

        await collector;
    }

    private static void CollectUntil(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            GC.Collect(0);
            GC.WaitForPendingFinalizers(); // they free the scalars
        }
    }
}
