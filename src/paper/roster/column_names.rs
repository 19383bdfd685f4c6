//! The names columns have in real rosters, as data.
//!
//! The names of one column are separated by spaces. A header is compared without white space, brackets, stars and colons, in half
//! width and small letters.

use crate::domain::roster::Column;

/// Words that may stand before a name without changing what it means.
pub(super) const PREFIXES: &[&str] = &[
    "家庭成员",
    "签约居民",
    "被签约人",
    "服务对象",
    "居民",
    "成员",
    "患者",
    "本人",
    "个人",
    "人员",
];

/// Every column with the names it goes by, the usual ones first.
pub(super) const NAMES: &[(Column, &str)] = &[
    (Column::Serial, "序号 编号 序列 行号 no no. 序"),
    (
        Column::OutsideNo,
        "户编号 户号 家庭编号 家庭编码 户编码 户籍号 家庭号 户口编号 户序号 \
         家庭户号 户籍编号 家庭档案编号 家庭档案号 户口簿号 农户编号",
    ),
    (
        Column::HeadName,
        "户主姓名 户主 户主名称 户主名 家庭户主 所属户主 户主名字",
    ),
    (
        Column::Relation,
        "与户主关系 与户主的关系 户主关系 关系 家庭关系 与户主之关系 同户主关系 \
         和户主关系 成员关系 与家庭户主关系",
    ),
    (
        Column::Name,
        "姓名 名字 姓名全称 常住人口姓名 人口姓名 老人姓名 病人姓名",
    ),
    (Column::Sex, "性别 男女 性别男女 性别代码"),
    (Column::Ethnic, "民族 族别 民族名称"),
    (
        Column::IdType,
        "证件类型 证件类别 身份证件类型 证件种类 证件名称 身份证件类别",
    ),
    (
        Column::IdNo,
        "身份证号 身份证号码 公民身份号码 证件号码 身份证 证件号 公民身份证号 \
         公民身份证号码 身份证编号 身份号码 居民身份证号 居民身份证号码 \
         身份证件号码 身份证件号 有效证件号 有效证件号码 idcard 身份证证号 \
         18位身份证号 身份证明号码",
    ),
    (
        Column::Birth,
        "出生日期 出生年月 生日 出生年月日 出生时间 出生 出生日 生年月日 \
         出身年月 出生年份",
    ),
    (Column::Age, "年龄 岁数 周岁 实足年龄 年龄岁"),
    (
        Column::Phone,
        "联系电话 手机 手机号 手机号码 电话 电话号码 联系方式 本人电话 联系手机 \
         移动电话 固定电话 固话 家庭电话 联系电话1 联系电话2 联系电话一 \
         联系电话二 手机1 手机2 电话1 电话2 住宅电话 备用电话 联系号码 \
         联系电话号码 家庭联系电话 手机电话",
    ),
    (
        Column::Village,
        "村居 村 行政村 村委会 所在村 村名 村居委会 居村委会 村社区 社区 \
         居委会 村委 所属村 所在村居 村名称 所属村居 村居名称 村别 行政村名称 \
         所在行政村 村或社区 村/社区 村/居 居住村",
    ),
    (
        Column::Group,
        "组 村民组 村民小组 小组 社 组别 所在组 自然村 片区 网格 村组 屯 队 \
         生产队 居民小组 组名 小组名称 自然屯 小区 所在小组 组/社",
    ),
    (Column::Door, "门牌 门牌号 门号 房号 户门牌 门牌号码"),
    (
        Column::Address,
        "家庭住址 现住址 住址 地址 家庭地址 详细地址 居住地址 现住地址 住所 \
         常住地址 现居住地址 居住地 详细住址 家庭详细住址 家庭详细地址 现居地 \
         通讯地址 联系地址",
    ),
    (
        Column::Tags,
        "人群分类 人群类别 重点人群 人群 人群标签 重点人群类别 人员类别 人群类型 \
         重点人群分类 所属人群 人口分类 重点人群类型 慢病类型 服务人群 \
         特殊人群",
    ),
    (
        Column::AgreementState,
        "签约状态 是否签约 签约情况 签约与否 家医签约状态 家庭医生签约状态 已签约",
    ),
    (
        Column::AgreementOn,
        "签约日期 签约时间 签订日期 签约年月 协议签订日期 签订时间 签约年月日",
    ),
    (
        Column::AgreementDoctor,
        "签约医生 家庭医生 责任医生 签约医师 家庭医生姓名 签约家庭医生 医生姓名 \
         包户医生 签约医生姓名 责任医师 村医 签约村医",
    ),
    (
        Column::Remark,
        "备注 说明 附注 备注说明 其他说明 备注1 备注2",
    ),
    (
        Column::RecordNo,
        "健康档案编号 档案编号 档案号 健康档案号 居民健康档案编号 居民健康档案号 \
         建档编号 健康档案编码 档案编码 17位档案号",
    ),
    (
        Column::Employer,
        "工作单位 单位 单位名称 就业单位 学习或工作单位",
    ),
    (
        Column::ContactName,
        "联系人姓名 联系人 紧急联系人 紧急联系人姓名 家属姓名",
    ),
    (
        Column::ContactPhone,
        "联系人电话 联系人手机 联系人联系电话 紧急联系人电话 联系人手机号 家属电话 \
         联系人联系方式 家属联系电话",
    ),
    (
        Column::RegisteredAddress,
        "户籍地址 户籍地 户口所在地 户籍所在地 户口地址 户籍住址",
    ),
    (
        Column::HouseholdType,
        "户类型 户属性 家庭类型 农户类型 户别 农户属性 贫困属性 户类别 \
         家庭户类型",
    ),
    (
        Column::Diagnosed,
        "确诊日期 确诊时间 确诊年份 确诊年月 发病时间 诊断日期 诊断时间 患病时间",
    ),
    (
        Column::LastVisit,
        "最近随访日期 随访日期 上次随访日期 末次随访日期 最近一次随访日期 \
         最后随访日期 随访时间 上次随访时间 最近随访时间 最后一次随访日期 \
         本次随访日期 最新随访日期 测量日期 末次随访时间",
    ),
    (Column::Pressure, "血压 血压值 血压mmhg 血压测量值"),
    (Column::Systolic, "收缩压 高压 收缩压mmhg 收缩压值"),
    (Column::Diastolic, "舒张压 低压 舒张压mmhg 舒张压值"),
    (
        Column::Glucose,
        "空腹血糖 空腹血糖值 血糖 血糖值 空腹血糖mmol/l 血糖mmol/l \
         fbg",
    ),
    (Column::Adherence, "服药依从性 依从性 用药依从性 服药情况"),
    (
        Column::Drugs,
        "用药 药物 用药情况 药物名称 服用药物 降压药 降糖药 药品名称 目前用药",
    ),
    (
        Column::NextVisit,
        "下次随访日期 下次随访时间 预约随访日期 计划随访日期 下次随访",
    ),
    (Column::VisitMode, "随访方式 随访形式 随访途径"),
];
