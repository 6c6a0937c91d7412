using CsCheck;
using LuceneLsr.Training.Losses;
using LuceneLsr.Training.Tests.Support;
using static TorchSharp.torch;

namespace LuceneLsr.Training.Tests.Losses;

public class KlDivergenceTests
{
    /// <summary>p = (1/4, 3/4) of the teacher's scores 0 and log 3, q = (1/2, 1/2); then p = q.</summary>
    [Fact]
    public void The_mean_is_taken_of_each_querys_divergence()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new float[,] { { 5, 5 }, { 1, 2 } });
        var teacher = tensor(new[,] { { 0, MathF.Log(3) }, { 8, 9 } }); // a constant makes no difference
        var expected = (0.25 * Math.Log(0.25 / 0.5)) + (0.75 * Math.Log(0.75 / 0.5));
        var loss = KlDivergence.Loss(student, teacher, ones_like(student) > 0, temperature: 1);
        Assert.Equal(expected / 2, loss.item<float>(), 1e-6);
    }

    /// <summary>Log 9 under a temperature of 2 is log 3.</summary>
    [Fact]
    public void The_temperature_divides_both()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new[,] { { 2 * MathF.Log(2), 0 } }); // (2/3, 1/3)
        var teacher = tensor(new[,] { { 0, MathF.Log(9) } });     // (1/4, 3/4)
        var expected = (0.25 * Math.Log(0.25 * 3 / 2)) + (0.75 * Math.Log(0.75 * 3));
        var loss = KlDivergence.Loss(student, teacher, ones_like(student) > 0, temperature: 2);
        Assert.Equal(expected, loss.item<float>(), 1e-6);
    }

    [Fact]
    public void A_candidate_that_is_not_there_does_not_count() => Gen.Select(Rows, Gen.Double[-50, 50]).Sample(
        (rows, stray) =>
        {
            using var scope = NewDisposeScope();
            double[][] students = [[.. rows.Student, stray], [1, .. rows.Student]];
            double[][] teachers = [[.. rows.Teacher, -stray], [2, .. rows.Teacher]];
            var mask = ones(students.Length, rows.Student.Length + 1) > 0;
            mask[0, rows.Student.Length] = tensor(false);
            var loss = KlDivergence.Loss(
                DenseArithmetic.ToTensor(students), DenseArithmetic.ToTensor(teachers), mask, temperature: 1);
            var expected = (DenseArithmetic.Kl(rows.Teacher, rows.Student)
                + DenseArithmetic.Kl(teachers[1], students[1])) / 2;
            Assert.Equal(expected, loss.item<float>(), 1e-4 * (1 + expected));
        },
        iter: 200);

    [Fact]
    public void The_gradient_is_that_of_the_students_candidates_alone()
    {
        using var scope = NewDisposeScope();
        var student = tensor(new float[,] { { 1, 1, 9 } }, requires_grad: true);
        var teacher = tensor(new[,] { { 0, MathF.Log(3), 9 } }, requires_grad: true);
        var mask = tensor(new[,] { { true, true, false } });
        KlDivergence.Loss(student, teacher.detach(), mask, temperature: 1).backward();
        Assert.All(
            new[] { 0.5 - 0.25, 0.5 - 0.75, 0 }.Zip(student.grad!.data<float>().ToArray()), // q - p
            pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void A_query_with_a_single_candidate_costs_nothing()
    {
        using var scope = NewDisposeScope();
        var loss = KlDivergence.Loss(
            tensor(new float[,] { { 3, 0 } }), tensor(new float[,] { { 1, 0 } }),
            tensor(new[,] { { true, false } }), temperature: 1);
        Assert.Equal(0, loss.item<float>());
    }

    private static Gen<(double[] Student, double[] Teacher)> Rows { get; } =
        from candidates in Gen.Int[1, 6]
        from student in Gen.Double[-5, 5].Array[candidates]
        from teacher in Gen.Double[-5, 5].Array[candidates]
        select (student, teacher);
}
